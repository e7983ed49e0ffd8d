/** The exports of `wasm/assembly/index.ts`, an interface a family. @module */

/**
 * Addresses are bytes from the start of the memory; sizes are elements; flags
 * are 0 or 1. The sources say what each parameter is.
 */
export interface WasmExports
  extends
    BatchNormExports,
    BiasExports,
    ConvExports,
    ConvGradientExports,
    GemmExports,
    OptimizerExports,
    PoolExports,
    ReluExports,
    SoftmaxCrossEntropyExports,
    SumExports {
  peak(rounds: number, x: number, y: number): number;
}

/** `conv2d.ts`, `winograd.ts` and `conv_relu_pool.ts`. */
interface ConvExports {
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
  winograd(
    size: number,
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
interface ConvGradientExports {
  countNonZeros(values: number, count: number): number;
  allFinite(values: number, count: number): number;
  cutZeroRoutes(route: number, dy: number, count: number, to: number): void;
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

/** `batch_norm.ts`; `batchNorm()` takes 0 where there is no offset or scale. */
interface BatchNormExports {
  batchNorm(
    x: number,
    mean: number,
    variance: number,
    offset: number,
    scale: number,
    epsilon: number,
    y: number,
    rows: number,
    channels: number,
  ): void;
  batchNormGrad(
    x: number,
    dy: number,
    mean: number,
    variance: number,
    scale: number,
    epsilon: number,
    dx: number,
    dMean: number,
    dVariance: number,
    dScale: number,
    dOffset: number,
    rows: number,
    channels: number,
    scratch: number,
  ): void;
  squareGrad(x: number, dy: number, dx: number, size: number): void;
}

/** `gemm.ts`; `bias` is 0 where there is none. */
interface GemmExports {
  gemmScratch(inner: number, columns: number): number;
  gemm(
    a: number,
    aRow: number,
    aInner: number,
    b: number,
    bInner: number,
    bColumn: number,
    c: number,
    rows: number,
    inner: number,
    columns: number,
    bias: number,
    relu: boolean,
    scratch: number,
  ): void;
}

/** `softmax_cross_entropy.ts`. */
interface SoftmaxCrossEntropyExports {
  softmaxCrossEntropy(
    logits: number,
    oneHot: number,
    losses: number,
    dLogits: number,
    batch: number,
    classes: number,
  ): void;
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

/** The sizes that `max_pool.ts` and `avg_pool.ts` take. */
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

/** `max_pool.ts` and `avg_pool.ts`. */
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
