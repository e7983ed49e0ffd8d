/** The exports of the module: a line a kernel. */

export { peak } from "./peak";
export { batchNorm, batchNormGrad, squareGrad } from "./batch_norm";
export { gemm, gemmScratch } from "./gemm";
export { softmaxCrossEntropy } from "./softmax_cross_entropy";
