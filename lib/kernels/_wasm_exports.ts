/** The exports of `wasm/assembly/index.ts`, an interface a source file. @module */

/** Addresses are bytes from the start of the memory; sizes are elements. */
export interface WasmExports
  extends BatchNormExports, GemmExports, SoftmaxCrossEntropyExports {
  peak(rounds: number, x: number, y: number): number;
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
