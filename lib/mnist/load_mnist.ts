/**
 * Gets MNIST, from wherever it can be had, in three splits.
 *
 * Training images teach, validation images tune, and test images are looked at
 * once, at the end. MNIST's own test set is the test set. Validation is held
 * out of the training images: 5,000 of 60,000, and in a smaller set the same
 * twelfth. Of the bundled sample 8,000 train, 1,000 validate and 1,000 test:
 * its test figure is not MNIST's, as its digits come from the training set.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { createRandom, type Random } from "../random/mod.ts";
import { fileError } from "../files/mod.ts";
import { thousands } from "../format/numbers.ts";
import { readIdxFile } from "./_read_idx_file.ts";
import { checkSha256 } from "./_sha256.ts";
import { createDigits, type Digits } from "./digits.ts";
import { downloadFile, type DownloadProgress } from "./download_file.ts";
import { holdOut } from "./hold_out.ts";
import { parseIdxImages, parseIdxLabels } from "./idx.ts";
import { MNIST_FILES, type MnistFile } from "./mnist_files.ts";
import { loadSample } from "./sample.ts";

/** Digits to train on, to tune by, and to test with. */
export interface MnistSplits {
  train: Digits;
  validation: Digits;
  test: Digits;
  /** Where they are from: IDX files, or the 10,000 bundled digits. */
  source: "mnist" | "sample";
  /** What they are, and why, in one line for the person. */
  description: string;
}

/** How to get MNIST. */
export interface LoadMnistOptions {
  /**
   * Decides which digits validate: an integer from 0 to 2³²−1. `SPLIT_SEED`
   * where left out.
   */
  seed?: number;
  /** Where MNIST is kept. Default: the project's `data/mnist`. */
  folder?: string;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch;
  /** Called while files are downloaded. */
  onProgress?: (progress: DownloadProgress) => void;
  /** In place of MNIST's own four files. */
  files?: readonly MnistFile[];
}

/**
 * Of the digits that validate in every run, whatever its own seed: so runs can
 * be compared, and what is tuned on these digits never trained on them.
 */
export const SPLIT_SEED = 7;

/** Uncompressed bytes of IDX files by their names. */
type IdxBytes = Map<string, Uint8Array<ArrayBuffer>>;

const FOLDER = fileURLToPath(new URL("../../data/mnist", import.meta.url));

/**
 * Loads and splits MNIST. The same data and seed give the same splits.
 *
 * @param data `auto` takes MNIST from its folder, downloads what is not there,
 *   and takes the bundled sample if it cannot; `full` does the same without the
 *   sample; `sample` takes only that; anything else is a folder with the four
 *   IDX files, gzipped or not.
 * @throws {Deno.errors.Http} If `full` cannot download a file.
 * @throws {SyntaxError} If a file that is there is damaged.
 * @throws {TypeError | RangeError} If the files hold no digits, or if the seed
 *   is not such an integer.
 * @throws {Deno.errors.NotFound | Deno.errors.NotADirectory} If the folder or a
 *   file in it is missing; other errors of `Deno.errors` that name the file if
 *   it cannot be read or written.
 *
 * @example The bundled digits
 * ```ts
 * import { loadMnist } from "./load_mnist.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test } = await loadMnist("sample");
 * assertEquals([train.labels.length, test.labels.length], [8000, 1000]);
 * ```
 */
export async function loadMnist(
  data: string,
  options: LoadMnistOptions = {},
): Promise<MnistSplits> {
  const random = createRandom(options.seed ?? SPLIT_SEED, "split");
  if (data === "sample") {
    return await splitSample(random, "all from MNIST's training set");
  }
  if (data !== "auto" && data !== "full") {
    return splitMnist(await readFolder(data), data, random);
  }
  const { folder = FOLDER } = options;
  try {
    return splitMnist(await readOrDownload(folder, options), folder, random);
  } catch (error) {
    if (data === "full" || !(error instanceof Deno.errors.Http)) throw error;
    return await splitSample(
      random,
      `as MNIST could not be downloaded (${error.cause}); for all 70,000 connect once and run again, or pass --data DIR with the four IDX files`,
    );
  }
}

/** Reads and checks what is in `folder`, then downloads the rest into it. */
async function readOrDownload(
  folder: string,
  options: LoadMnistOptions,
): Promise<IdxBytes> {
  const { files = MNIST_FILES } = options;
  const found: IdxBytes = new Map();
  for (const { name, sha256 } of files) {
    const file = await readIdxFile(folder, name);
    if (!file) continue;
    const remedy = "remove it to have it downloaded again";
    await checkSha256(file.bytes, sha256, file.path, remedy);
    found.set(name, file.bytes);
  }
  for (const file of files) {
    if (found.has(file.name)) continue;
    found.set(file.name, await downloadFile(file, folder, options));
  }
  return found;
}

async function readFolder(folder: string): Promise<IdxBytes> {
  const tried =
    `Cannot read MNIST from "${folder}" as it must be auto, full, sample or a folder with the four IDX files`;
  let info;
  try {
    info = await Deno.stat(folder);
  } catch (error) {
    throw fileError(tried, error);
  }
  if (!info.isDirectory) {
    throw new Deno.errors.NotADirectory(`${tried}: it is a file`);
  }
  const found: IdxBytes = new Map();
  for (const { name } of MNIST_FILES) {
    const file = await readIdxFile(folder, name);
    if (!file) {
      throw new Deno.errors.NotFound(
        `Cannot read MNIST from "${folder}" as each of its four IDX files must be there, with or without .gz: ${name} is missing`,
      );
    }
    found.set(name, file.bytes);
  }
  return found;
}

function splitMnist(
  files: IdxBytes,
  folder: string,
  random: Random,
): MnistSplits {
  const all = parseDigits(files, folder, "train");
  const test = parseDigits(files, folder, "t10k");
  const count = Math.max(1, Math.round(all.labels.length / 12));
  const { kept: train, heldOut: validation } = holdOut(all, count, random);
  const description = `MNIST from ${folder}: ${sizes(train, validation, test)}`;
  return { train, validation, test, source: "mnist", description };
}

function parseDigits(files: IdxBytes, folder: string, prefix: string): Digits {
  const images = `${prefix}-images-idx3-ubyte`;
  const labels = `${prefix}-labels-idx1-ubyte`;
  return createDigits(
    parseIdxImages(files.get(images)!, `${folder}/${images}`),
    parseIdxLabels(files.get(labels)!, `${folder}/${labels}`),
    `the ${prefix} files in ${folder}`,
  );
}

async function splitSample(random: Random, why: string): Promise<MnistSplits> {
  const all = await loadSample();
  const { kept, heldOut: test } = holdOut(all, 1000, random);
  const { kept: train, heldOut: validation } = holdOut(kept, 1000, random);
  const description = `The 10,000 bundled digits (${
    sizes(train, validation, test)
  }), ${why}`;
  return { train, validation, test, source: "sample", description };
}

function sizes(train: Digits, validation: Digits, test: Digits): string {
  const [a, b, c] = [train, validation, test]
    .map(({ labels }) => thousands(labels.length));
  return `${a} to train, ${b} to validate, ${c} to test`;
}
