/**
 * The mean digit of each class, and how far it gets one to compare with it.
 *
 * @module
 */

import { CLASSES, type Digits, PIXELS } from "../mnist/mod.ts";

/**
 * The mean of all digits of a class, pixel by pixel.
 *
 * @returns Ten images of 28×28, 0 paper to 255 ink; of a class without digits
 *   a blank one.
 *
 * @example Two sevens, one of them blank
 * ```ts
 * import { meanDigits } from "./mean_digits.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const images = new Uint8Array(2 * 784).fill(200, 0, 784);
 * const means = meanDigits({ images, labels: Uint8Array.of(7, 7) });
 * assertEquals([means[7]![0], means[8]![0]], [100, 0]);
 * ```
 */
export function meanDigits({ images, labels }: Digits): Float32Array[] {
  const sums = Array.from({ length: CLASSES }, () => new Float64Array(PIXELS));
  const counts = new Array<number>(CLASSES).fill(0);
  for (const [index, label] of labels.entries()) {
    const sum = sums[label]!;
    counts[label]!++;
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      sum[pixel]! += images[index * PIXELS + pixel]!;
    }
  }
  return sums.map((sum, label) =>
    Float32Array.from(sum, (value) => value / Math.max(1, counts[label]!))
  );
}

/**
 * Takes each digit for the class whose mean lies nearest, by the sum of squared
 * differences.
 *
 * @param means Ten images, as `meanDigits()` gives them.
 * @returns The share that is right, 0…1.
 *
 * @example What is its own mean is right
 * ```ts
 * import { meanDigits, nearestMeanAccuracy } from "./mean_digits.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const images = new Uint8Array(2 * 784).fill(200).fill(90, 784);
 * const digits = { images, labels: Uint8Array.of(1, 2) };
 * assertEquals(nearestMeanAccuracy(digits, meanDigits(digits)), 1);
 * ```
 */
export function nearestMeanAccuracy(
  { images, labels }: Digits,
  means: Float32Array[],
): number {
  let right = 0;
  for (const [index, label] of labels.entries()) {
    const image = images.subarray(index * PIXELS, (index + 1) * PIXELS);
    const distances = means.map((mean) => squaredDistance(image, mean));
    if (distances.indexOf(Math.min(...distances)) === label) right++;
  }
  return right / labels.length;
}

function squaredDistance(a: Uint8Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
