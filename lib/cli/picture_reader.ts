/**
 * From a picture's path to what it says: what `recognize` and `evaluate` share.
 *
 * @module
 */

import type { PictureOptions } from "../batch/mod.ts";
import { fileError, readLimited } from "../files/mod.ts";
import { decodePicture, MAX_PIXELS, type RgbImage } from "../image/mod.ts";
import {
  type Classifier,
  type Reading,
  type ReadOptions,
  type ReadStages,
  readStages,
  toReading,
} from "../read/mod.ts";
import { MAX_MEGAPIXELS } from "./batch_options.ts";
import { userPath } from "./user_path.ts";

/** Bytes of a file for each pixel it may have: an uncompressed one has fewer. */
const FILE_BYTES_A_PIXEL = 4;

/**
 * Drawings that are classified for a picture: about what a page of 2,000 digits
 * has. A pattern that looks like digits everywhere has far more, and would take
 * a minute.
 */
const MOST_DRAWINGS = 10_000;

/** A picture and what was read off it. */
export interface ReadResult {
  picture: RgbImage;
  reading: Reading;
  /** What led to the reading. */
  stages: ReadStages;
}

/** Reads pictures; what is given here goes before its options. */
export type PictureReader = (
  path: string,
  options?: Partial<PictureOptions>,
) => Promise<ReadResult>;

/** Reads pictures that are decoded already. */
export type ImageReader = (
  picture: RgbImage,
  options?: ReadOptions,
) => Promise<ReadResult>;

/** @param options For each picture, where it has none of its own. */
export function pictureReader(
  classify: Classifier,
  options: Partial<PictureOptions> = {},
): PictureReader {
  const read = imageReader(classify, options);
  return async (path, more) => {
    const { megapixels = MAX_MEGAPIXELS.default } = { ...options, ...more };
    const maxPixels = Math.round(megapixels * 1e6);
    const bytes = await readPictureFile(path, maxPixels);
    return await read(await decodePicture(bytes, { maxPixels }), more);
  };
}

/** @param options For each picture, where it has none of its own. */
export function imageReader(
  classify: Classifier,
  options: ReadOptions = {},
): ImageReader {
  return async (picture, more) => {
    const all = { ...options, ...more };
    let drawings = 0;
    const limited: Classifier = async (images, count, how) => {
      drawings += count;
      checkDrawings(drawings);
      return await classify(images, count, how);
    };
    const stages = await readStages(picture, limited, all.length);
    return { picture, stages, reading: toReading(picture, stages, all) };
  };
}

function checkDrawings(count: number): void {
  if (count <= MOST_DRAWINGS) return;
  throw new RangeError(
    `Cannot read the picture as at most ${MOST_DRAWINGS} things on it may look like digits: there are ${count} or more`,
  );
}

async function readPictureFile(
  path: string,
  maxPixels: number,
): Promise<Uint8Array> {
  const maxBytes = FILE_BYTES_A_PIXEL * Math.max(maxPixels, MAX_PIXELS);
  try {
    return await readLimited(userPath(path), maxBytes);
  } catch (error) {
    throw fileError(
      "Cannot read it as a picture must be a readable file",
      error,
    );
  }
}
