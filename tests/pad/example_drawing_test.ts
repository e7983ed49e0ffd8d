import { assertEquals } from "@std/assert";
import { loadClassifier } from "@lib/cli/load_classifier.ts";
import { imageReader } from "@lib/cli/picture_reader.ts";
import { EXAMPLE_NUMBER, exampleDrawing } from "@lib/pad/mod.ts";
import { testThatNeeds } from "../needs.ts";

Deno.test("exampleDrawing() is black on white, 720×320", () => {
  const { width, height, data } = exampleDrawing();
  assertEquals([width, height, data.length], [720, 320, 3 * 720 * 320]);
  assertEquals([data[0], data.includes(0), data.at(-1)], [255, true, 255]);
});

testThatNeeds(
  { read: ["data"] },
  "exampleDrawing() is read as what it says",
  async () => {
    const read = imageReader(await loadClassifier(undefined));
    const { reading } = await read(exampleDrawing());
    assertEquals(reading.text, EXAMPLE_NUMBER);
  },
);
