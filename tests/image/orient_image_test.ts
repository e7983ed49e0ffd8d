import { assertEquals } from "@std/assert";
import { orientImage } from "@lib/image/mod.ts";
import { drawn } from "./picture_bytes.ts";

// By hand after EXIF 2.32, table 6: where the stored first row and column lie.
const UPRIGHT: Record<number, string[]> = {
  1: ["1 2 3", "4 5 6"], // top, left
  2: ["3 2 1", "6 5 4"], // top, right
  3: ["6 5 4", "3 2 1"], // bottom, right
  4: ["4 5 6", "1 2 3"], // bottom, left
  5: ["1 4", "2 5", "3 6"], // left, top
  6: ["4 1", "5 2", "6 3"], // right, top
  7: ["6 3", "5 2", "4 1"], // right, bottom
  8: ["3 6", "2 5", "1 4"], // left, bottom
};

for (const [orientation, upright] of Object.entries(UPRIGHT)) {
  Deno.test(`orientImage() turns orientation ${orientation} upright`, () => {
    const data = Uint8Array.from(
      [1, 2, 3, 4, 5, 6].flatMap((level) => [level, level + 10, level + 20]),
    );
    const stored = { width: 3, height: 2, data };
    const image = orientImage(stored, Number(orientation));
    assertEquals(drawn(image), upright);
    // The channels of a pixel stay together.
    const blue = image.data.filter((_, i) => i % 3 === 2);
    assertEquals(
      blue,
      image.data.filter((_, i) => i % 3 === 0).map((v) => v + 20),
    );
  });
}

for (const channels of [1, 3]) {
  Deno.test(`orientImage() turns more than a square of ${channels} channels there and back`, () => {
    const length = 70 * 130 * channels;
    const data = Uint8Array.from({ length }, (_, i) => i * 7 % 251);
    const stored = { width: 70, height: 130, data };
    for (let orientation = 1; orientation <= 8; orientation++) {
      // All but the two quarter turns are their own inverse.
      const back = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
      const turned = orientImage(stored, orientation);
      assertEquals(orientImage(turned, back), stored);
    }
  });
}
