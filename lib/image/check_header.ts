/** Whether a picture may be decoded, by its header. @module */

import type { PictureHeader } from "./read_header.ts";

/** What is decoded where nothing else is said. */
export const MAX_PIXELS = 100_000_000;

/** Pixels of a side: what is longer is no picture of anything. */
const MOST_SIDE = 30_000;

/** Bytes a pixel of the limit: 800 MB up to 100 million pixels. */
const MEMORY_A_PIXEL = 8;

/** Scans of a picture as large as the limit; smaller ones may have more. */
const MOST_SCANS = 20;

/** Scans of CMYK, which takes another decoder and ten times as long. */
const SLOW_SCAN = 10;

/**
 * Fails for a picture that is too large, or takes too much memory or time.
 *
 * @param maxPixels Most that it may have.
 * @throws {SyntaxError} If it is.
 */
export function checkHeader(header: PictureHeader, maxPixels: number): void {
  const { format, width, height, memory } = header;
  const refuse = (wanted: string, came: string) =>
    new SyntaxError(
      `Cannot decode the ${format} picture as it must ${wanted}: ${came}`,
    );
  const pixels = width * height;
  if (!(width > 0 && height > 0 && pixels <= maxPixels)) {
    throw refuse(
      `have 1 to ${maxPixels / 1e6} million pixels`,
      `its size is ${width}×${height}`,
    );
  }
  if (Math.max(width, height) > MOST_SIDE) {
    throw refuse(
      `have sides of at most ${MOST_SIDE} pixels`,
      `its size is ${width}×${height}`,
    );
  }
  // A lower limit on pixels is no reason to refuse costly kinds of them.
  const budget = Math.max(maxPixels, MAX_PIXELS);
  const mostMemory = budget * MEMORY_A_PIXEL;
  if (memory > mostMemory) {
    throw refuse(
      `take at most ${inMegabytes(mostMemory)} MB to decode`,
      `its kind takes ${inMegabytes(memory)} MB at ${width}×${height} pixels`,
    );
  }
  if (header.format === "JPEG") {
    const { scans, channels } = header;
    const passes = MOST_SCANS * budget / pixels;
    const most = Math.floor(channels === 4 ? passes / SLOW_SCAN : passes);
    if (scans > most) {
      throw refuse(`have at most ${most} scans`, `it has ${scans}`);
    }
  }
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
