/**
 * `Conv2D` and `FusedConv2D`: as shipped, padding `same` gives zeros, without a
 * word, where the stride is larger than the filter. Here the same padding is
 * handed on in numbers, which the shipped kernels do right.
 *
 * @module
 */

import { backend_util, type TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Conv2dAttrs } from "./_conv2d_info.ts";
import { runShipped, type WasmKernel } from "./_wasm_backend.ts";

/** What both kernels take; the fused one takes a bias and weights as well. */
export interface Conv2dInputs {
  x: TensorInfo;
  filter: TensorInfo;
}

/** The attributes that decide about the padding. */
export interface Conv2dForwardAttrs extends Conv2dAttrs {
  dilations: [number, number] | number;
}

/** The kernel of that name, with its padding in numbers. */
export function conv2d(
  kernelName: "Conv2D" | "FusedConv2D",
): WasmKernel<Conv2dInputs, Conv2dForwardAttrs> {
  return (inputs, attrs, backend: BackendWasm) =>
    runShipped(kernelName, backend, { ...inputs }, {
      ...attrs,
      pad: attrs.pad === "same" && attrs.dataFormat === "NHWC"
        ? padding(inputs, attrs)
        : attrs.pad,
    });
}

function padding(
  { x, filter }: Conv2dInputs,
  { strides, dilations }: Conv2dForwardAttrs,
): backend_util.ExplicitPadding {
  const { top, bottom, left, right } = backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    dilations,
    "same",
  ).padInfo;
  return [[0, 0], [top, bottom], [left, right], [0, 0]];
}
