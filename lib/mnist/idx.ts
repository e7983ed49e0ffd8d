/**
 * Reads the IDX files that MNIST is published in.
 *
 * Layout, big-endian: a magic number (u32: 2051 for images, 2049 for labels),
 * one u32 per dimension, then one byte per element, row-major. Pixels run from
 * 0 (paper) to 255 (ink).
 * Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
 *
 * @module
 */

/** Images as stored, row-major, one byte a pixel. */
export interface IdxImages {
  /** Number of images, and pixels down and across. */
  shape: [count: number, height: number, width: number];
  /** [count, height, width], 0 paper to 255 ink. */
  pixels: Uint8Array;
}

/**
 * Parses an IDX image file.
 *
 * @param bytes Whole file, uncompressed, header included.
 * @param name What errors call it.
 * @returns A view on `bytes`, not a copy.
 * @throws {SyntaxError} If the magic number is wrong, or the length is not what
 *   count, height and width ask for.
 *
 * @example One image of 1×2 pixels
 * ```ts
 * import { parseIdxImages } from "./idx.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const file = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 255];
 * const { shape, pixels } = parseIdxImages(Uint8Array.from(file));
 * assertEquals(shape, [1, 1, 2]);
 * assertEquals([...pixels], [7, 255]);
 * ```
 */
export function parseIdxImages(
  bytes: Uint8Array,
  name = "an IDX image file",
): IdxImages {
  const { shape, values } = parseIdx(bytes, name, 3);
  return { shape: [shape[0]!, shape[1]!, shape[2]!], pixels: values };
}

/**
 * Parses an IDX label file.
 *
 * @param bytes Whole file, uncompressed, header included.
 * @param name What errors call it.
 * @returns One byte per label, a view on `bytes`, not a copy.
 * @throws {SyntaxError} If the magic number is wrong, or the length is not what
 *   the count asks for.
 *
 * @example Two labels
 * ```ts
 * import { parseIdxLabels } from "./idx.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const file = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 3);
 * assertEquals([...parseIdxLabels(file)], [7, 3]);
 * ```
 */
export function parseIdxLabels(
  bytes: Uint8Array,
  name = "an IDX label file",
): Uint8Array {
  return parseIdx(bytes, name, 1).values;
}

function parseIdx(bytes: Uint8Array, name: string, rank: number) {
  const headerLength = 4 + 4 * rank;
  if (bytes.length < headerLength) {
    throw new SyntaxError(
      `Cannot parse ${name} as its header must have ${headerLength} bytes: current length is ${bytes.length}`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  const magic = 0x800 + rank; // 8 stands for unsigned bytes
  if (header.getUint32(0) !== magic) {
    throw new SyntaxError(
      `Cannot parse ${name} as its magic number must be ${magic}: current is ${
        header.getUint32(0)
      }`,
    );
  }
  const shape = Array.from(
    { length: rank },
    (_, axis) => header.getUint32(4 + 4 * axis),
  );
  const length = headerLength + shape.reduce((product, size) => product * size);
  if (bytes.length !== length) {
    throw new SyntaxError(
      `Cannot parse ${name} as a shape of [${shape}] needs ${length} bytes: current length is ${bytes.length}`,
    );
  }
  return { shape, values: bytes.subarray(headerLength) };
}
