/**
 * Makes the WASM backend train CNNs.
 *
 * @module
 */

// First, as it registers the shipped kernels when it is loaded.
import "@tensorflow/tfjs-backend-wasm";
import { batchNorm } from "./batch_norm.ts";
import { batchNormGrad, replaceBatchNormGradient } from "./batch_norm_grad.ts";
import { batchMatMul, fusedMatMul } from "./mat_mul.ts";
import { conv2d } from "./conv2d.ts";
import { convReluPoolKernel } from "./conv_relu_pool.ts";
import { convReluPoolGradKernel } from "./conv_relu_pool_grad.ts";
import { conv2dBackpropFilter } from "./conv2d_backprop_filter.ts";
import { conv2dBackpropInput } from "./conv2d_backprop_input.ts";
import { chooseBuild, isStrictBuild } from "./_wasm_module.ts";
import { registerWasmKernel } from "./_wasm_backend.ts";
import { mean, meanGrad, replaceMeanGradient } from "./mean.ts";
import { softmaxCrossEntropyKernel } from "./_softmax_cross_entropy_kernel.ts";
import { replaceSquareGradient, squareGrad } from "./square_grad.ts";
import { registerElementwise } from "./_register_elementwise.ts";

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
 * own `tf.sequential()` and `model.fit()` train on it, and the steps of
 * `tf.train.adam()`, `momentum()` and `sgd()` are one pass each. Before or after
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
  registerWasmKernel("Conv2D", conv2d("Conv2D"));
  registerWasmKernel("FusedConv2D", conv2d("FusedConv2D"));
  registerWasmKernel("ConvReluPool", convReluPoolKernel);
  registerWasmKernel("ConvReluPoolGrad", convReluPoolGradKernel);
  registerWasmKernel("Conv2DBackpropFilter", conv2dBackpropFilter);
  registerWasmKernel("Conv2DBackpropInput", conv2dBackpropInput);
  registerWasmKernel("Mean", mean);
  registerWasmKernel("MeanGrad", meanGrad);
  replaceMeanGradient();
  registerWasmKernel("SquareGrad", squareGrad);
  replaceSquareGradient();
  registerWasmKernel("FusedBatchNorm", batchNorm);
  registerWasmKernel("FusedBatchNormGrad", batchNormGrad);
  replaceBatchNormGradient();
  registerWasmKernel("SoftmaxCrossEntropy", softmaxCrossEntropyKernel);
  registerElementwise();
  registerWasmKernel("BatchMatMul", batchMatMul);
  registerWasmKernel("_FusedMatMul", fusedMatMul);
}
