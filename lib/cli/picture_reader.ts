/**
 * From a picture's path to what it says: what `recognize` and `evaluate` share.
 *
 * @module
 */

import type { PictureOptions } from "../batch/mod.ts";
import { fileError, readLimited } from "../files/mod.ts";
import { decodePicture, MAX_PIXELS, type RgbImage } from "../image/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import { loadModel, predict } from "../model/mod.ts";
import { PIXELS } from "../mnist/mod.ts";
import {
  type Reading,
  type ReadOptions,
  type ReadStages,
  readStages,
  toReading,
} from "../read/mod.ts";
import { MAX_MEGAPIXELS } from "./batch_options.ts";
import { modelPath } from "./model_path.ts";
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

/** Reads pictures with one model; what is given here goes before its options. */
export type PictureReader = (
  path: string,
  options?: Partial<PictureOptions>,
) => Promise<ReadResult>;

/** Reads pictures that are decoded already. */
export type ImageReader = (
  picture: RgbImage,
  options?: ReadOptions,
) => Promise<ReadResult>;

/**
 * @param modelFolder As the person typed it; the shipped model where left out.
 * @param options For each picture.
 * @throws As `loadModel()` does.
 */
export async function createPictureReader(
  modelFolder: string | undefined,
  options: Partial<PictureOptions> = {},
): Promise<PictureReader> {
  const read = await createImageReader(modelFolder, options);
  return async (path, more) => {
    const { megapixels = MAX_MEGAPIXELS.default } = { ...options, ...more };
    const maxPixels = Math.round(megapixels * 1e6);
    const bytes = await readPictureFile(path, maxPixels);
    return await read(await decodePicture(bytes, { maxPixels }), more);
  };
}

/**
 * @param modelFolder As for `createPictureReader()`.
 * @param options For each picture.
 * @throws As `loadModel()` does.
 */
export async function createImageReader(
  modelFolder: string | undefined,
  options: ReadOptions = {},
): Promise<ImageReader> {
  await startWasmBackend();
  // Faster forward as well.
  registerTrainingKernels();
  const model = await loadModel(modelPath(modelFolder));
  return async (picture, more) => {
    const all = { ...options, ...more };
    let drawings = 0;
    // deno-lint-ignore require-await -- a throw must reject
    const classify = async (images: Float32Array) => {
      drawings += images.length / PIXELS;
      checkDrawings(drawings);
      return predict(model, images);
    };
    const stages = await readStages(picture, classify, all.length);
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
