/**
 * `Conv2DBackpropFilter`, the kernel without which no CNN trains: the WASM
 * backend is shipped without it (tensorflow/tfjs issue 8474).
 *
 * The work is done in `wasm/assembly/conv2d_backprop_filter.ts`; the
 * definition in plain loops stands in `reference/conv2d_backprop_filter.ts`.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type Conv2dAttrs, conv2dInfo } from "./_conv2d_info.ts";
import { isPadded, windowSize, withConvShape } from "./_conv_shape.ts";
import { allocate, allocateZeros } from "./_wasm_backend.ts";
import { address, wasmExports } from "./_wasm_module.ts";
import { convGradientPath } from "./conv_gradient_path.ts";

/** Attributes of the kernel. */
export interface Conv2dBackpropFilterAttrs extends Conv2dAttrs {
  /** [filterHeight, filterWidth, inChannels, outChannels]. */
  filterShape: [number, number, number, number];
}

/**
 * @param inputs `x` [batch, inHeight, inWidth, inChannels] and `dy` [batch,
 *   outHeight, outWidth, outChannels].
 * @returns [filterHeight, filterWidth, inChannels, outChannels].
 * @throws {RangeError} If the data format is not NHWC.
 */
export function conv2dBackpropFilter(
  inputs: { x: TensorInfo; dy: TensorInfo },
  attrs: Conv2dBackpropFilterAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { x, dy } = inputs;
  const info = conv2dInfo(
    "compute the filter gradient of a convolution",
    x.shape,
    attrs.filterShape,
    attrs,
  );
  const dySize = util.sizeFromShape(dy.shape);
  if (dySize === 0) return allocateZeros(backend, attrs.filterShape);
  const dFilter = allocate(backend, attrs.filterShape);
  const wasm = wasmExports(backend);
  const [xAt, dyAt, dFilterAt] = [x, dy, dFilter].map((each) =>
    address(backend, each)
  ) as [number, number, number];
  const multipliesPadding = isPadded(info);
  const path = convGradientPath({
    share: wasm.countNonZeros(dyAt, dySize) / dySize,
    windowSize: windowSize(info),
    dyFinite: !multipliesPadding || wasm.allFinite(dyAt, dySize) === 1,
    otherFinite: wasm.allFinite(xAt, util.sizeFromShape(x.shape)) === 1,
    multipliesPadding,
  });
  if (path === "dense") {
    withConvShape(
      backend,
      info,
      wasm.filterGradientDenseScratch,
      (shape, scratch) =>
        wasm.filterGradientDense(shape, xAt, dyAt, dFilterAt, scratch),
    );
  } else {
    withConvShape(
      backend,
      info,
      wasm.filterGradientSparseScratch,
      (shape, scratch) =>
        wasm.filterGradientSparse(
          shape,
          xAt,
          dyAt,
          dFilterAt,
          scratch,
          path === "clipped",
        ),
    );
  }
  return dFilter;
}
