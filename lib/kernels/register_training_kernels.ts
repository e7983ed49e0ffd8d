/**
 * Makes the WASM backend train CNNs.
 *
 * @module
 */

// First, as it registers the shipped kernels when it is loaded.
import "@tensorflow/tfjs-backend-wasm";
import { replaceAdam } from "./_adam_optimizer.ts";
import { replaceGradients, replaceSaving } from "./_gradients.ts";
import { replaceMomentum, replaceSgd } from "./_sgd_optimizers.ts";
import { softmaxCrossEntropyKernel } from "./_softmax_cross_entropy_kernel.ts";
import { registerWasmKernel, type WasmKernel } from "./_wasm_backend.ts";
import { chooseBuild, isStrictBuild } from "./_wasm_module.ts";
import { adamStep } from "./adam.ts";
import { add } from "./add.ts";
import { avgPool } from "./avg_pool.ts";
import { avgPoolGrad } from "./avg_pool_grad.ts";
import { batchNorm } from "./batch_norm.ts";
import { batchNormGrad, replaceBatchNormGradient } from "./batch_norm_grad.ts";
import { cast } from "./cast.ts";
import { conv2d } from "./conv2d.ts";
import { conv2dBackpropFilter } from "./conv2d_backprop_filter.ts";
import { conv2dBackpropInput } from "./conv2d_backprop_input.ts";
import { convReluPoolKernel } from "./conv_relu_pool.ts";
import { convReluPoolGradKernel } from "./conv_relu_pool_grad.ts";
import { identity } from "./identity.ts";
import { leakyRelu } from "./leaky_relu.ts";
import { leakyReluGrad, replaceLeakyReluGradient } from "./leaky_relu_grad.ts";
import { batchMatMul, fusedMatMul } from "./mat_mul.ts";
import { maxPool } from "./max_pool.ts";
import { maxPoolGrad } from "./max_pool_grad.ts";
import { mean, meanGrad, replaceMeanGradient } from "./mean.ts";
import { momentumStep } from "./momentum.ts";
import { reluGrad, replaceReluGradient } from "./relu_grad.ts";
import { sgdStep } from "./sgd.ts";
import { replaceSquareGradient, squareGrad } from "./square_grad.ts";
import { sum } from "./sum.ts";

/** The kernels by their names: those of TensorFlow.js, and new ones. */
const KERNELS: Record<string, WasmKernel<never, never>> = {
  // Convolutions and the pools behind them.
  Conv2D: conv2d("Conv2D"),
  FusedConv2D: conv2d("FusedConv2D"),
  Conv2DBackpropFilter: conv2dBackpropFilter,
  Conv2DBackpropInput: conv2dBackpropInput,
  ConvReluPool: convReluPoolKernel,
  ConvReluPoolGrad: convReluPoolGradKernel,
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGrad,
  AvgPool: avgPool,
  AvgPoolGrad: avgPoolGrad,
  // Dense layers.
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  // Activations, biases and their sums.
  ReluGrad: reluGrad,
  LeakyRelu: leakyRelu,
  LeakyReluGrad: leakyReluGrad,
  Add: add,
  Sum: sum,
  // Batch normalization, and the moments that it takes.
  FusedBatchNorm: batchNorm,
  FusedBatchNormGrad: batchNormGrad,
  Mean: mean,
  MeanGrad: meanGrad,
  SquareGrad: squareGrad,
  // The loss and the optimizers.
  SoftmaxCrossEntropy: softmaxCrossEntropyKernel,
  AdamStep: adamStep,
  MomentumStep: momentumStep,
  SgdStep: sgdStep,
  // Copies.
  Identity: identity,
  Cast: cast,
};

/** What makes TensorFlow.js call the new ones. */
const REPLACEMENTS = [
  replaceReluGradient,
  replaceLeakyReluGradient,
  replaceBatchNormGradient,
  replaceMeanGradient,
  replaceSquareGradient,
  replaceAdam,
  replaceMomentum,
  replaceSgd,
  replaceGradients,
  replaceSaving,
];

/** How the kernels of this room compute. */
export interface TrainingKernelOptions {
  /**
   * True for results that are the same bit for bit on every machine; false,
   * the default, for fused multiply-add where the machine has it.
   */
  strict?: boolean;
}

/** The options in force: another thread that takes them computes alike. */
export function trainingKernelOptions(): Required<TrainingKernelOptions> {
  return { strict: isStrictBuild() };
}

let registered = false;

/**
 * Registers with the WASM backend the kernel that it lacks, and in place of
 * those that are wrong or slow the ones of this room. From then on a person's
 * own `tf.sequential()` and `model.fit()` train on it, the steps of
 * `tf.train.adam()`, `momentum()` and `sgd()` are one pass each, and gradients of
 * any kind, on any backend, are found with less work. Before or after
 * `tf.setBackend("wasm")`, once or more often: all the same.
 *
 * @throws {Error} If kernels have run already and `strict` is another now.
 *
 * @example A convolution that trains
 * ```ts
 * import { startWasmBackend } from "./start_wasm_backend.ts";
 * import { registerTrainingKernels } from "./register_training_kernels.ts";
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await startWasmBackend();
 * registerTrainingKernels();
 * const x = tf.ones<tf.Rank.R4>([1, 3, 3, 1]);
 * const filter = tf.ones<tf.Rank.R4>([2, 2, 1, 1]);
 * const dFilter = tf.grad((f) =>
 *   tf.conv2d(x, f as tf.Tensor4D, 1, "valid")
 * );
 * assertEquals([...dFilter(filter).dataSync()], [4, 4, 4, 4]);
 * ```
 */
export function registerTrainingKernels(
  { strict = false }: TrainingKernelOptions = {},
): void {
  chooseBuild(strict);
  if (registered) return;
  registered = true;
  for (const [kernelName, kernel] of Object.entries(KERNELS)) {
    registerWasmKernel(kernelName, kernel);
  }
  for (const replace of REPLACEMENTS) replace();
}
