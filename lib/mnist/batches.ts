/**
 * Hands digits to a model a batch at a time.
 *
 * A model wants floats in 0…1 and one-hot labels. Only the batch at hand is
 * turned into them, as all of MNIST would take 188 MB.
 *
 * @module
 */

import { CLASSES, type Digits, PIXELS } from "./digits.ts";

/** B digits as a model takes them. */
export interface Batch {
  /** [B, 28, 28, 1], 0 paper to 1 ink. */
  images: Float32Array<ArrayBuffer>;
  /** [B, 10], 1 at the label, else 0. */
  oneHot: Float32Array<ArrayBuffer>;
  /** [B], 0 to 9. */
  labels: Uint8Array<ArrayBuffer>;
  /** B. */
  size: number;
}

/**
 * Goes through digits in a given order.
 *
 * @param order Indices of the digits to take: all of them shuffled for an
 *   epoch, or some.
 * @param batchSize Digits a batch. The last batch holds what is left.
 * @returns Batches in arrays of their own, made one by one as they are asked
 *   for.
 * @throws {RangeError} If `batchSize` is no positive integer or an index is not
 *   below the number of digits, when the batch is asked for.
 *
 * @example Three digits in batches of two
 * ```ts
 * import { batches } from "./batches.ts";
 * import { PIXELS } from "./digits.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = Uint8Array.of(4, 7, 9);
 * const digits = { images: new Uint8Array(3 * PIXELS), labels };
 * const order = Uint32Array.of(2, 0, 1);
 * const seen = [...batches(digits, order, 2)].map(({ labels }) => [...labels]);
 * assertEquals(seen, [[9, 4], [7]]);
 * ```
 */
export function* batches(
  digits: Digits,
  order: Uint32Array,
  batchSize: number,
): Generator<Batch> {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(
      `Cannot make batches as the batch size must be a positive integer: current is ${batchSize}`,
    );
  }
  for (let start = 0; start < order.length; start += batchSize) {
    yield createBatch(digits, order.subarray(start, start + batchSize));
  }
}

function createBatch(digits: Digits, indices: Uint32Array): Batch {
  const size = indices.length;
  const images = new Float32Array(size * PIXELS);
  const oneHot = new Float32Array(size * CLASSES);
  const labels = new Uint8Array(size);
  indices.forEach((index, i) => {
    if (index >= digits.labels.length) {
      throw new RangeError(
        `Cannot make a batch as its indices must be below ${digits.labels.length}: current index is ${index}`,
      );
    }
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      images[i * PIXELS + pixel] = digits.images[index * PIXELS + pixel]! / 255;
    }
    labels[i] = digits.labels[index]!;
    oneHot[i * CLASSES + labels[i]!] = 1;
  });
  return { images, oneHot, labels, size };
}
