import { assertEquals } from "@std/assert";
import { startReaders } from "@lib/cli/readers.ts";
import { projectPath } from "@lib/cli/user_path.ts";
import { testThatNeeds } from "../needs.ts";

testThatNeeds(
  { read: ["data", "lib"] },
  "startReaders() decodes no larger picture, whatever a task asks for",
  async () => {
    const image = "data/samples/94_small.bmp"; // 180×120 pixels
    const readers = await startReaders({
      ...{ model: undefined, reads: [projectPath("data/samples")] },
      ...{ megapixels: 0.02, workers: 1, deadline: 300 },
    });
    try {
      for (const asked of [0.01, 100, NaN, undefined, "many"]) {
        const { error } = await readers.read({
          picture: { index: 1, image, path: projectPath(image) },
          // As it may come from a queue.
          options: { megapixels: asked as number },
          format: "json",
        });
        const most = asked === 0.01 ? 0.01 : 0.02;
        assertEquals(
          error,
          `Cannot decode the BMP picture as it must have 1 to ${most} million pixels: its size is 180×120`,
        );
      }
    } finally {
      readers.close();
    }
  },
);
