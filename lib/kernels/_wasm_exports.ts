/** The exports of `wasm/assembly/index.ts`, an interface a source file. @module */

/** Addresses are bytes from the start of the memory; sizes are elements. */
export interface WasmExports extends ConvGradientExports {
  peak(rounds: number, x: number, y: number): number;
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
