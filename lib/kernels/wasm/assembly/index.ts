/** The exports of the module: a line a kernel. */

export { conv2d } from "./conv2d";
export { winograd } from "./winograd";
export { convReluPool } from "./conv_relu_pool";
export { peak } from "./peak";
export { allFinite, countNonZeros, cutZeroRoutes } from "./conv_scan";
export {
  filterGradientDense,
  filterGradientDenseScratch,
  filterGradientSparse,
  filterGradientSparseScratch,
} from "./conv2d_backprop_filter";
export {
  inputGradientDense,
  inputGradientDenseScratch,
  inputGradientSparse,
  inputGradientSparseScratch,
} from "./conv2d_backprop_input";
export {
  convReluPoolGrad,
  convReluPoolGradScratch,
} from "./conv_relu_pool_grad";
export { batchNorm, batchNormGrad, squareGrad } from "./batch_norm";
export { gemm, gemmScratch } from "./gemm";
export { softmaxCrossEntropy } from "./softmax_cross_entropy";
export { adam, momentum, sgd } from "./optimizer";
export { avgPool, avgPoolGrad } from "./avg_pool";
export { biasAdd } from "./bias";
export { leakyRelu, leakyReluGrad, reluGrad } from "./relu";
export { maxPool, maxPoolGrad } from "./max_pool";
export { sumRows } from "./sum";
