/** Finds the thresholds of a picture's ink. @module */

import {
  componentHistogram,
  findComponents,
  type GrayImage,
  histogram,
  noiseLevel,
  otsu,
  threshold,
} from "../image/mod.ts";
import { isIntruder } from "./is_intruder.ts";

/** Two thresholds; a pixel that is as high or higher is on their upper side. */
export interface InkLevels {
  /** Parts the paper's noise from everything else; 256 where all is noise. */
  noise: number;
  /** Parts faint marks from clear ink: half way up the strokes of a pen. */
  clear: number;
}

/**
 * Finds both thresholds.
 *
 * Clear ink is found by Otsu's threshold on what stands above the noise alone:
 * on all pixels, a little writing on much paper would be lost in it. What comes
 * in over the border, often larger and darker than all writing, does not count.
 *
 * @param ink 0 is paper.
 */
export function inkLevels(ink: GrayImage): InkLevels {
  const counts = histogram(ink);
  const noise = noiseLevel(counts);
  const first = noise + otsu(counts.subarray(noise));
  for (const component of findComponents(threshold(ink, first))) {
    if (!isIntruder(component, ink)) continue;
    componentHistogram(ink, component)
      .forEach((count, value) => counts[value]! -= count);
  }
  return { noise, clear: noise + otsu(counts.subarray(noise)) };
}
