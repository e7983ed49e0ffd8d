/** Pictures that are small, and quick to read. @module */

import { encodePng } from "@lib/image/mod.ts";
import { IMAGE_SIZE, loadSample, PIXELS } from "@lib/mnist/mod.ts";

/** Pixels of paper around a digit. */
const MARGIN = 6;

/** PNG files of one digit each, of all classes in turn. */
export async function smallPictures(count: number): Promise<Uint8Array[]> {
  const { images, labels } = await loadSample();
  const side = IMAGE_SIZE + 2 * MARGIN;
  const files: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const first = labels.indexOf(i % 10) + Math.floor(i / 10);
    const data = new Uint8Array(3 * side * side).fill(255);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const x = MARGIN + pixel % IMAGE_SIZE;
      const y = MARGIN + Math.floor(pixel / IMAGE_SIZE);
      const at = 3 * (y * side + x);
      data.fill(255 - images[PIXELS * first + pixel]!, at, at + 3);
    }
    files.push(await encodePng({ width: side, height: side, data }));
  }
  return files;
}
