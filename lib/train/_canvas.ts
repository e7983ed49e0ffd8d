/** Room to lay digits beside each other. @module */

import type { GrayImage } from "../image/mod.ts";
import { IMAGE_SIZE, PIXELS } from "../mnist/mod.ts";
import { INK } from "./_fit_canvas.ts";

/** One of many, [count, 28, 28]. */
export function imageAt(images: Uint8Array, index: number): GrayImage {
  const data = images.subarray(index * PIXELS, (index + 1) * PIXELS);
  return { width: IMAGE_SIZE, height: IMAGE_SIZE, data };
}

/** All paper. */
export function emptyCanvas(width: number, height: number): GrayImage {
  return { width, height, data: new Uint8Array(width * height) };
}

/** Lays a drawing on a canvas; what is beyond its edges is lost. */
export function lay(
  image: GrayImage,
  canvas: GrayImage,
  left: number,
  top: number,
): void {
  for (let y = 0; y < image.height; y++) {
    const toY = top + y;
    if (toY < 0 || toY >= canvas.height) continue;
    for (let x = 0; x < image.width; x++) {
      const toX = left + x;
      if (toX < 0 || toX >= canvas.width) continue;
      const at = toY * canvas.width + toX;
      const value = image.data[y * image.width + x]!;
      if (value > canvas.data[at]!) canvas.data[at] = value;
    }
  }
}

/** The first column with ink, and the one behind the last. */
export function inkColumns(image: GrayImage): [from: number, to: number] {
  let from = image.width;
  let to = 0;
  image.data.forEach((value, i) => {
    if (value < INK) return;
    from = Math.min(from, i % image.width);
    to = Math.max(to, i % image.width + 1);
  });
  return [Math.min(from, to), to];
}
