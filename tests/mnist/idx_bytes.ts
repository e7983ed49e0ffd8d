/**
 * Makes IDX files for the tests.
 *
 * @module
 */

import { type MnistFile, PIXELS } from "@lib/mnist/mod.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** An IDX file: magic number, sizes, values. */
export function idx(magic: number, shape: number[], values: Uint8Array): Bytes {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const header = new DataView(bytes.buffer);
  [magic, ...shape].forEach((word, i) => header.setUint32(4 * i, word));
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

/** `bytes`, gzipped. */
export function gzip(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Response(stream).bytes();
}

/** What a file of these bytes must be. */
export async function fileOf(name: string, bytes: Bytes): Promise<MnistFile> {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return { name, sha256: new Uint8Array(hash).toHex() };
}

/**
 * The four files of a small MNIST by their names. Labels go round 0 to 9; all
 * pixels of a training image have its index, of a test image 100 more.
 */
export function smallMnist(train: number, test: number): Map<string, Bytes> {
  const images = (count: number, from: number) =>
    Uint8Array.from({ length: count * PIXELS }, (_, i) => from + i / PIXELS);
  const labels = (count: number) =>
    Uint8Array.from({ length: count }, (_, i) => i % 10);
  return new Map([
    ["t10k-labels-idx1-ubyte", idx(2049, [test], labels(test))],
    ["train-labels-idx1-ubyte", idx(2049, [train], labels(train))],
    ["t10k-images-idx3-ubyte", idx(2051, [test, 28, 28], images(test, 100))],
    ["train-images-idx3-ubyte", idx(2051, [train, 28, 28], images(train, 0))],
  ]);
}
