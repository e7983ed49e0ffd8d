/**
 * `Conv2D` and `FusedConv2D`, the forward convolutions.
 *
 * As shipped they reach a third of what a core can do, and padding `same` gives
 * zeros, without a word, where the stride is larger than the filter. Here 3×3
 * filters with stride 1 go by Winograd's algorithm (`wasm/assembly/winograd.ts`)
 * and all others by the definition (`wasm/assembly/conv2d.ts`). A dilation, or
 * an activation other than ReLU, goes to the shipped kernels, with the padding
 * handed on in numbers, which they do right.
 *
 * [16, 13, 13, 32] with 64 filters of 3×3, one core of an AMD EPYC (family 26),
 * microseconds an image, medians of 15, interleaved: shipped 128, by the
 * definition 80, by Winograd's algorithm 36. The definition in plain loops
 * stands in `reference/conv2d.ts`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Conv2dAttrs } from "./_conv2d_info.ts";
import { convolve } from "./_convolve.ts";
import { winogradTiles } from "./_winograd.ts";
import { allocate, runShipped, type WasmKernel } from "./_wasm_backend.ts";

/** What both kernels take; the fused one takes a bias and weights as well. */
export interface Conv2dInputs {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias?: tf.TensorInfo;
  preluActivationWeights?: tf.TensorInfo;
}

/** Attributes of both kernels. */
export interface Conv2dForwardAttrs extends Conv2dAttrs {
  dilations: [number, number] | number;
  /** Of `FusedConv2D`. */
  activation?: string;
}

/** The ways that a convolution can take. */
export type Conv2dPath = "winograd" | "direct" | "shipped";

/** Which way a case takes. */
export function conv2dPath(
  inputs: Conv2dInputs,
  attrs: Conv2dForwardAttrs,
): Conv2dPath {
  const { x, filter, bias } = inputs;
  const activation = attrs.activation ?? "linear";
  const isOurs = attrs.dataFormat === "NHWC" &&
    x.dtype === "float32" && filter.dtype === "float32" &&
    (activation === "linear" || activation === "relu") &&
    (!bias || bias.shape.length === 1 && bias.shape[0] === filter.shape[3]);
  if (!isOurs) return "shipped";
  const info = conv2dForwardInfo(inputs, attrs);
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) return "shipped";
  return winogradTiles(info, false) ? "winograd" : "direct";
}

/** The kernel of that name. */
export function conv2d(
  kernelName: "Conv2D" | "FusedConv2D",
): WasmKernel<Conv2dInputs, Conv2dForwardAttrs> {
  return (inputs, attrs, backend: BackendWasm) => {
    if (conv2dPath(inputs, attrs) !== "shipped") {
      const info = conv2dForwardInfo(inputs, attrs);
      return convolve(backend, inputs, info, attrs.activation === "relu");
    }
    // The shipped kernels leave the backend unusable after an empty output.
    const empty = emptyOutput(inputs, attrs);
    if (empty) return allocate(backend, empty);
    return runShipped(kernelName, backend, { ...inputs }, {
      ...attrs,
      pad: attrs.pad === "same" && attrs.dataFormat === "NHWC"
        ? padding(inputs, attrs)
        : attrs.pad,
    });
  };
}

/** The shape of an output without values. */
function emptyOutput(
  inputs: Conv2dInputs,
  attrs: Conv2dForwardAttrs,
): number[] | undefined {
  if (attrs.dataFormat !== "NHWC") return undefined;
  const { outShape } = conv2dForwardInfo(inputs, attrs);
  return outShape.includes(0) ? outShape : undefined;
}

function conv2dForwardInfo(
  { x, filter }: Conv2dInputs,
  { strides, dilations, pad, dimRoundingMode }: Conv2dForwardAttrs,
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
}

function padding(
  inputs: Conv2dInputs,
  attrs: Conv2dForwardAttrs,
): tf.backend_util.ExplicitPadding {
  const { top, bottom, left, right } = conv2dForwardInfo(inputs, attrs).padInfo;
  return [[0, 0], [top, bottom], [left, right], [0, 0]];
}
