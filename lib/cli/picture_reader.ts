/**
 * From a picture's path to what it says: what `recognize` and `evaluate` share.
 *
 * @module
 */

import { fileError } from "../files/mod.ts";
import { decodePicture, type RgbImage } from "../image/mod.ts";
import { startWasmBackend } from "../kernels/mod.ts";
import { loadModel, predict } from "../model/mod.ts";
import { type Reading, type ReadOptions, readPicture } from "../read/mod.ts";
import { projectPath, userPath } from "./user_path.ts";

/** Where the model that comes with the project lies. */
const SHIPPED_MODEL = "data/model";

/** A picture and what was read off it. */
export interface ReadResult {
  picture: RgbImage;
  reading: Reading;
}

/** Reads pictures with one model. */
export type PictureReader = (path: string) => Promise<ReadResult>;

/** Reads pictures that are decoded already. */
export type ImageReader = (picture: RgbImage) => Promise<Reading>;

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
  return async (path) => {
    const picture = await decodePicture(await readPictureFile(path));
    return { picture, reading: await read(picture) };
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
  const model = await loadModel(modelPath(modelFolder));
  return (picture) =>
    readPicture(
      picture,
      (images) => Promise.resolve(predict(model, images)),
      options,
    );
}

/** The model's folder: as typed, or the shipped one. */
export function modelPath(modelFolder: string | undefined): string {
  return modelFolder === undefined
    ? projectPath(SHIPPED_MODEL)
    : userPath(modelFolder);
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
