/**
 * What the kernel tests share: cases, values, and a comparison that says where.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { assertEquals, fail } from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";

/** A convolution to try. */
export interface ConvCase {
  /** As in `x=[2,7,7,3] f=[3,3,3,8] s=2 p=same`. */
  name: string;
  x: [number, number, number, number];
  filter: [number, number, number, number];
  strides: [number, number];
  pad: "valid" | "same" | tf.backend_util.ExplicitPadding;
  info: tf.backend_util.Conv2DInfo;
}

/** The grid of windows over small images; sizes and channels take turns. */
export function convCases(): ConvCase[] {
  const images = [[1, 7, 7], [3, 8, 5], [2, 9, 10], [5, 6, 6]] as const;
  const channels = [[1, 4], [3, 8], [8, 3], [17, 5], [1, 1]] as const;
  return everyWindow((turn) => [
    images[turn % images.length]!,
    channels[turn % channels.length]!,
  ]);
}

/**
 * The grid of the kernels with blocks of their own. Batches, sizes and channels
 * take turns in such a way that every two of them meet.
 */
export function convGrid(): ConvCase[] {
  const images = [[1, 13, 13], [5, 9, 6], [128, 5, 5]] as const;
  const channels = [1, 3, 8, 17, 64];
  const count = channels.length;
  return everyWindow((turn) => [
    images[(turn + Math.floor(turn / 3)) % images.length]!,
    [
      channels[turn % count]!,
      channels[(turn + Math.floor(turn / count)) % count]!,
    ],
  ]);
}

const EXPLICIT: tf.backend_util.ExplicitPadding = [
  [0, 0],
  [1, 2],
  [0, 1],
  [0, 0],
];

/** Every filter size with every stride and padding, over what its turn brings. */
function everyWindow(
  sizesAt: (turn: number) => [
    image: readonly [batch: number, height: number, width: number],
    channels: readonly [input: number, output: number],
  ],
): ConvCase[] {
  const cases: ConvCase[] = [];
  for (const size of [[1, 1], [3, 3], [5, 5], [2, 3]] as const) {
    for (const strides of [[1, 1], [2, 2], [2, 1]] as [number, number][]) {
      for (const pad of ["valid", "same", EXPLICIT] as const) {
        const [image, channels] = sizesAt(cases.length);
        const x: ConvCase["x"] = [...image, channels[0]];
        cases.push(convCase(x, [...size, ...channels], strides, pad));
      }
    }
  }
  return cases;
}

/** A convolution to try, with its name. */
export function convCase(
  x: ConvCase["x"],
  filter: ConvCase["filter"],
  strides: [number, number],
  pad: ConvCase["pad"],
): ConvCase {
  const info = tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad);
  const name = `x=[${x}] f=[${filter}] s=[${strides}] p=${
    typeof pad === "string" ? pad : JSON.stringify(pad.slice(1, 3))
  }`;
  return { name, x, filter, strides, pad, info };
}

/** Seeded values, uniform in [-1, 1). */
export function values(shape: number[], seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from(
    { length: tf.util.sizeFromShape(shape) },
    () => 2 * random.next() - 1,
  );
}

/** Keeps about `share` of the values and makes the others 0; seeded. */
export function thinned(dense: Float32Array, share: number): Float32Array {
  const random = createRandom(dense.length);
  return dense.map((value) => random.next() < share ? value : 0);
}

/** A kernel's answer on the current backend. */
export function runKernel(
  name: string,
  inputs: Record<string, [values: Float32Array, shape: number[]]>,
  attrs: Record<string, unknown>,
): Float32Array {
  return tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([key, [data, shape]]) => [
        key,
        tf.tensor(data, shape, "float32"),
      ]),
    );
    const result = tf.engine().runKernel(
      name,
      tensors,
      attrs as unknown as tf.NamedAttrMap,
    ) as tf.Tensor;
    return result.dataSync<"float32">().slice();
  });
}

/** Runs `fn` on the cpu backend, then returns to the WASM backend. */
export async function onCpu<T>(fn: () => T): Promise<T> {
  await tf.setBackend("cpu");
  try {
    return fn();
  } finally {
    await tf.setBackend("wasm");
  }
}

/**
 * Fails with index, both values and the largest difference, unless all values
 * are within `tolerance`, relative to the larger of 1 and the expected value.
 */
export function assertClose(
  actual: Float32Array,
  expected: Float32Array,
  tolerance: number,
): void {
  if (actual.length !== expected.length) {
    fail(`${actual.length} values, expected ${expected.length}`);
  }
  let worst = -1;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) /
      Math.max(1, Math.abs(expected[i]!));
    // Written so that a NaN counts as different.
    if (!(difference <= largest)) {
      worst = i;
      largest = difference;
      if (Number.isNaN(difference)) break;
    }
  }
  if (!(largest <= tolerance)) {
    fail(
      `Value ${worst} is ${actual[worst]}, expected ${
        expected[worst]
      }: difference ${largest}, over ${tolerance}`,
    );
  }
}

/**
 * `assertClose()`, where values that are not finite must be the same: NaN for
 * NaN, infinity for infinity. Without a tolerance all must be.
 */
export function assertSame(
  actual: Float32Array,
  expected: Float32Array,
  tolerance = 0,
): void {
  const finiteOnly = (values: Float32Array) =>
    values.map((value) => Number.isFinite(value) ? value : 0);
  const odd = (values: Float32Array) =>
    [...values.entries()].filter(([, value]) => !Number.isFinite(value));
  assertEquals(odd(actual), odd(expected));
  assertClose(finiteOnly(actual), finiteOnly(expected), tolerance);
}
