import { assertEquals, assertRejects } from "@std/assert";
import { loadClassifier } from "@lib/cli/load_classifier.ts";
import { pictureReader } from "@lib/cli/picture_reader.ts";
import { userPath } from "@lib/cli/user_path.ts";
import { testThatNeeds } from "../needs.ts";

const READS = { read: ["data"] };
const SAMPLE = "data/samples/94_small.bmp";

testThatNeeds(
  READS,
  "pictureReader() reads a picture with the shipped model",
  async () => {
    const read = pictureReader(await loadClassifier(undefined));
    const { picture, reading } = await read(SAMPLE);
    assertEquals(reading.text, "94");
    assertEquals([picture.width, picture.height], [180, 120]);
    assertEquals(picture.data.length, 180 * 120 * 3);
  },
);

testThatNeeds(
  READS,
  "pictureReader() rejects a file that it cannot read, and reads the next",
  async () => {
    const read = pictureReader(await loadClassifier(undefined));
    await assertRejects(
      () => read("data/samples"),
      Error,
      "Cannot read it as a picture must be a readable file: Is a directory",
    );
    await assertRejects(
      () => read("data/samples/missing.png"),
      Deno.errors.NotFound,
      "Cannot read it as a picture must be a readable file: No such file",
    );
    await assertRejects(
      () => read("data/samples/labels.tsv"),
      SyntaxError,
      "Cannot decode the file as a picture as it must be PNG, JPEG, WebP, TIFF or BMP: ",
    );
    assertEquals((await read(SAMPLE)).reading.text, "94");
  },
);

testThatNeeds(
  READS,
  "loadClassifier() rejects a folder without a model",
  async () => {
    await assertRejects(
      () => loadClassifier("data/samples"),
      Deno.errors.NotFound,
      `Cannot load the model in ${userPath("data/samples")} as `,
    );
  },
);
