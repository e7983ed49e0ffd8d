import { assertEquals } from "@std/assert";
import { decodePicture } from "@lib/image/mod.ts";
import { toBmp } from "@lib/pad/page/bmp.js";

Deno.test("toBmp() is decoded to the same gray, also where rows are padded", async () => {
  for (const [width, height] of [[5, 3], [4, 1], [1, 2]] as const) {
    const grays = Array.from({ length: width * height }, (_, i) => 17 * i);
    const data = Uint8ClampedArray.from(
      grays.flatMap((gray) => [gray, 1, 2, 255]),
    );
    const picture = await decodePicture(toBmp({ width, height, data }));
    assertEquals([picture.width, picture.height], [width, height]);
    assertEquals(
      [...picture.data],
      grays.flatMap((gray) => [gray, gray, gray]),
    );
  }
});
