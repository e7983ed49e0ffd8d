/** The exports of `wasm/assembly/index.ts`. @module */

/**
 * Addresses are bytes from the start of the memory; sizes are elements; flags
 * are 0 or 1. The sources say what each parameter is.
 */
export interface WasmExports {
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
