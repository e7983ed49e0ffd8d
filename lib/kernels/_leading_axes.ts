/** Reductions over the leading axes, as the kernels see them. @module */

import { util } from "@tensorflow/tfjs";

/**
 * How many leading axes a reduction takes.
 *
 * @param axis As a person gives it: none for all axes, in any order.
 * @returns undefined where it takes others, or none.
 */
export function leadingAxes(
  shape: number[],
  axis: number | number[] | null | undefined,
): number | undefined {
  const axes = util.parseAxisParam(axis!, shape).sort((a, b) => a - b);
  const isLeading = axes.length > 0 &&
    axes.every((value, index) => value === index);
  return isLeading ? axes.length : undefined;
}
