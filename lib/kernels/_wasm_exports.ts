/** The exports of `wasm/assembly/index.ts`. @module */

/**
 * Addresses are bytes from the start of the memory; sizes are elements; flags
 * are 0 or 1. The sources say what each parameter is.
 */
export interface WasmExports extends ConvGradientExports {
  conv2d(
    x: number,
    filter: number,
    bias: number,
    y: number,
    batch: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    filterHeight: number,
    filterWidth: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    strideHeight: number,
    strideWidth: number,
    padTop: number,
    padLeft: number,
    frameHeight: number,
    frameWidth: number,
    relu: number,
    scratch: number,
  ): void;
  convReluPool(
    x: number,
    filter: number,
    bias: number,
    y: number,
    route: number,
    batch: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    filterHeight: number,
    filterWidth: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    strideHeight: number,
    strideWidth: number,
    padTop: number,
    padLeft: number,
    frameHeight: number,
    frameWidth: number,
    scratch: number,
  ): number;
  peak(rounds: number, x: number, y: number): number;
  winograd(
    x: number,
    filter: number,
    bias: number,
    y: number,
    route: number,
    batch: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    padTop: number,
    padLeft: number,
    relu: number,
    pool: number,
    block: number,
    scratch: number,
  ): number;
}

/**
 * `conv_scan.ts`, `conv2d_backprop_filter.ts`, `conv2d_backprop_input.ts` and
 * `conv_relu_pool_grad.ts`; `shape` is an address, see `_conv_shape.ts`.
 */
export interface ConvGradientExports {
  countNonZeros(values: number, count: number): number;
  allFinite(values: number, count: number): number;
  filterGradientDenseScratch(shape: number): number;
  filterGradientDense(
    shape: number,
    x: number,
    dy: number,
    dFilter: number,
    scratch: number,
  ): void;
  filterGradientSparseScratch(shape: number): number;
  filterGradientSparse(
    shape: number,
    x: number,
    dy: number,
    dFilter: number,
    scratch: number,
    clipped: boolean,
  ): void;
  inputGradientDenseScratch(shape: number): number;
  inputGradientDense(
    shape: number,
    dy: number,
    filter: number,
    dx: number,
    scratch: number,
  ): void;
  inputGradientSparseScratch(shape: number): number;
  inputGradientSparse(
    shape: number,
    dy: number,
    filter: number,
    dx: number,
    scratch: number,
  ): void;
  convReluPoolGradScratch(shape: number, pooled: number): number;
  convReluPoolGrad(
    shape: number,
    pooled: number,
    x: number,
    filter: number,
    dy: number,
    route: number,
    dx: number,
    dFilter: number,
    dBias: number,
    scratch: number,
    clipped: boolean,
  ): void;
}
