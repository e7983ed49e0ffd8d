/**
 * The poolings that the tests of all four kernels try.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { PoolAttrs } from "@lib/kernels/_pool_info.ts";

/** A pooling to try. */
export interface PoolCase {
  /** As in `x=[2,7,7,3] f=[3,3] s=[2,2] p=same`. */
  name: string;
  x: [number, number, number, number];
  attrs: PoolAttrs;
  info: tf.backend_util.Conv2DInfo;
  /** True where some window holds nothing but padding. */
  hasEmptyWindow: boolean;
}

/** Every window with every stride and padding; sizes and channels take turns. */
export function poolCases(): PoolCase[] {
  const images = [[1, 7, 7], [3, 8, 5], [2, 9, 10], [5, 6, 6]] as const;
  const channels = [1, 3, 8, 17, 64];
  const cases: PoolCase[] = [];
  for (const filterSize of [[1, 1], [2, 2], [3, 3], [2, 3]] as Pair[]) {
    for (const strides of [[1, 1], [2, 2], [2, 1], [3, 3]] as Pair[]) {
      for (const pad of ["valid", "same", EXPLICIT] as const) {
        cases.push(poolCase(
          [
            ...images[cases.length % images.length]!,
            channels[cases.length % channels.length]!,
          ],
          { filterSize, strides, pad },
        ));
      }
    }
  }
  // The usual one, with every number of channels and all kinds of remainder.
  for (const count of channels) {
    for (const [batch, height, width] of images) {
      cases.push(poolCase([batch, height, width, count], {
        filterSize: 2,
        strides: 2,
        pad: "valid",
      }));
    }
  }
  return cases;
}

type Pair = [number, number];

const EXPLICIT: tf.backend_util.ExplicitPadding = [
  [0, 0],
  [1, 0],
  [1, 2],
  [0, 0],
];

function poolCase(x: PoolCase["x"], attrs: PoolAttrs): PoolCase {
  const { filterSize, strides, pad } = attrs;
  const info = tf.backend_util
    .computePool2DInfo(x, filterSize, strides, 1, pad);
  const { padInfo, filterHeight, filterWidth } = info;
  return {
    name: `x=[${x}] f=[${filterSize}] s=[${strides}] p=${
      typeof pad === "string" ? pad : JSON.stringify(EXPLICIT.slice(1, 3))
    }`,
    x,
    attrs,
    info,
    hasEmptyWindow: Math.max(padInfo.top, padInfo.bottom) >= filterHeight ||
      Math.max(padInfo.left, padInfo.right) >= filterWidth,
  };
}
