/**
 * From a picture's path to what it says: what `recognize` and `evaluate` share.
 *
 * @module
 */

import { fileError } from "../files/mod.ts";
import { decodePicture, type RgbImage } from "../image/mod.ts";
import { startWasmBackend } from "../kernels/mod.ts";
import { loadModel, predict } from "../model/mod.ts";
import {
  type Reading,
  type ReadOptions,
  type ReadStages,
  readStages,
  toReading,
} from "../read/mod.ts";
import { modelPath } from "./model_path.ts";
import { userPath } from "./user_path.ts";

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
  options?: ReadOptions,
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
  options: ReadOptions = {},
): Promise<PictureReader> {
  const read = await createImageReader(modelFolder, options);
  return async (path, more) =>
    read(await decodePicture(await readPictureFile(path)), more);
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
  const model = await loadModel(modelPath(modelFolder));
  const classify = (images: Float32Array) =>
    Promise.resolve(predict(model, images));
  return async (picture, more) => {
    const all = { ...options, ...more };
    const stages = await readStages(picture, classify, all.length);
    return { picture, stages, reading: toReading(picture, stages, all) };
  };
}

async function readPictureFile(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(userPath(path));
  } catch (error) {
    throw fileError(
      "Cannot read it as a picture must be a readable file",
      error,
    );
  }
}
