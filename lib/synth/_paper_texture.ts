/** The fibers of paper. @module */

import type { Random } from "../random/mod.ts";
import { normal } from "./_normal.ts";

/** Pixels across the fine and the coarse unevenness. */
const GRAINS = [2, 7];
/** What linear interpolation leaves of the deviation of its points: (2/3)². */
const KEPT = 4 / 9;

/**
 * Levels above and below the paper's own, a value a pixel.
 *
 * @param deviation Their standard deviation.
 */
export function paperTexture(
  width: number,
  height: number,
  deviation: number,
  random: Random,
): Float32Array {
  const texture = new Float32Array(width * height);
  const strength = deviation / Math.sqrt(KEPT * GRAINS.length);
  for (const grain of GRAINS) {
    const columns = Math.ceil(width / grain) + 1;
    const rows = Math.ceil(height / grain) + 1;
    const points = new Float32Array(columns * rows);
    for (let i = 0; i < points.length; i++) {
      points[i] = strength * normal(random);
    }
    for (let y = 0, at = 0; y < height; y++) {
      const above = Math.floor(y / grain);
      const down = y / grain - above;
      for (let x = 0; x < width; x++, at++) {
        const before = Math.floor(x / grain);
        const right = x / grain - before;
        const i = above * columns + before;
        const j = i + columns;
        texture[at]! +=
          (1 - down) * (points[i]! + right * (points[i + 1]! - points[i]!)) +
          down * (points[j]! + right * (points[j + 1]! - points[j]!));
      }
    }
  }
  return texture;
}
