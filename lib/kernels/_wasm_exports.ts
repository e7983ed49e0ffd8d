/** The exports of `wasm/assembly/index.ts`, an interface a source file. @module */

/** Addresses are bytes from the start of the memory; sizes are elements. */
export interface WasmExports
  extends BiasExports, OptimizerExports, PoolExports, ReluExports, SumExports {
  peak(rounds: number, x: number, y: number): number;
}

/** `bias.ts`. */
interface BiasExports {
  biasAdd(
    x: number,
    bias: number,
    y: number,
    rows: number,
    columns: number,
  ): void;
}

/** `optimizer.ts`; results may be written over what they were made from. */
interface OptimizerExports {
  adam(
    value: number,
    first: number,
    second: number,
    gradient: number,
    newValue: number,
    newFirst: number,
    newSecond: number,
    size: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    firstScale: number,
    secondScale: number,
    epsilon: number,
    rate: number,
  ): void;
  momentum(
    value: number,
    accumulation: number,
    gradient: number,
    newValue: number,
    newAccumulation: number,
    size: number,
    momentum: number,
    rate: number,
    useNesterov: boolean,
  ): void;
  sgd(
    value: number,
    gradient: number,
    newValue: number,
    size: number,
    rate: number,
  ): void;
}

/** The sizes that `pool_max.ts` and `pool_avg.ts` take. */
export type PoolSizes = [
  batch: number,
  inHeight: number,
  inWidth: number,
  channels: number,
  outHeight: number,
  outWidth: number,
  filterHeight: number,
  filterWidth: number,
  strideHeight: number,
  strideWidth: number,
  padTop: number,
  padLeft: number,
];

/** `pool_max.ts` and `pool_avg.ts`. */
interface PoolExports {
  maxPool(x: number, y: number, ...sizes: PoolSizes): void;
  maxPoolGrad(x: number, dy: number, dx: number, ...sizes: PoolSizes): void;
  avgPool(x: number, y: number, ...sizes: PoolSizes): void;
  avgPoolGrad(dy: number, dx: number, ...sizes: PoolSizes): void;
}

/** `relu.ts`. */
interface ReluExports {
  reluGrad(x: number, dy: number, dx: number, size: number): void;
  leakyRelu(x: number, y: number, size: number, alpha: number): void;
  leakyReluGrad(
    x: number,
    dy: number,
    dx: number,
    size: number,
    alpha: number,
  ): void;
}

/** `sum.ts`. */
interface SumExports {
  sumRows(
    x: number,
    y: number,
    sums: number,
    rows: number,
    columns: number,
  ): void;
}
