/**
 * Which way a gradient of a convolution is computed.
 *
 * @module
 */

/** What is known of dy and of the other operand, x or the filter. */
export interface ConvGradientOperands {
  /** Share of dy that is not zero, 0 to 1. */
  share: number;
  /** filterHeight · filterWidth · inChannels. */
  windowSize: number;
  /** Whether dy is all finite. */
  dyFinite: boolean;
  /** Whether x, for the filter gradient, or the filter is all finite. */
  otherFinite: boolean;
  /** Whether a zero of the padding would be multiplied with dy. */
  multipliesPadding: boolean;
}

/**
 * - `sparse`: by lists of what is not zero in dy.
 * - `dense`: with every multiplication.
 * - `clipped`: in plain loops that leave out the padding.
 */
export type ConvGradientPath = "sparse" | "dense" | "clipped";

/**
 * Share of non-zeros from which on every multiplication is faster than lists:
 * 0.5 for the filter gradient of [16, 13, 13, 32] with 64 filters of 3x3, 0.4
 * for its input gradient.
 */
const DENSE_SHARE = 0.4;

/** Windows so small are multiplied in less time than dy takes to be listed. */
const SMALL_WINDOW = 12;

/**
 * Zeros are only skipped where a product with them would be 0, not NaN, and
 * padding is only multiplied where the product is 0.
 *
 * @example A gradient behind a ReLU and a max pool
 * ```ts
 * import { convGradientPath } from "./conv_gradient_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const operands = {
 *   share: 0.1,
 *   windowSize: 3 * 3 * 32,
 *   dyFinite: true,
 *   otherFinite: true,
 *   multipliesPadding: false,
 * };
 * assertEquals(convGradientPath(operands), "sparse");
 * ```
 */
export function convGradientPath(
  { share, windowSize, dyFinite, otherFinite, multipliesPadding }:
    ConvGradientOperands,
): ConvGradientPath {
  if (multipliesPadding && !dyFinite) return "clipped";
  const paysLists = share < DENSE_SHARE && windowSize > SMALL_WINDOW;
  return otherFinite && paysLists ? "sparse" : "dense";
}
