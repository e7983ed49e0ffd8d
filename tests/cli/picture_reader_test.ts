import { assertEquals, assertRejects } from "@std/assert";
import { loadClassifier } from "@lib/cli/load_classifier.ts";
import { imageReader, pictureReader } from "@lib/cli/picture_reader.ts";
import { userPath } from "@lib/cli/user_path.ts";
import { testThatNeeds } from "../needs.ts";
import { ruled } from "../read/ruled.ts";

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

Deno.test("imageReader() asks for one view at first, and then for all", async () => {
  const [width, height] = [300, 200];
  const data = new Uint8Array(width * height * 3).fill(255);
  for (let y = 60; y < 140; y++) {
    data.fill(0, (y * width + 140) * 3, (y * width + 152) * 3);
  }
  const { classify, calls, secondLooks } = ruled(() => 1, 0.9);
  const { reading } = await imageReader(classify)({ width, height, data });
  assertEquals([reading.text, calls, secondLooks], ["1", [1], [1]]);
});

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
