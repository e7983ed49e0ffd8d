/**
 * The kernels that multiply little and move much: pooling, activations, biases,
 * sums, copies and optimizers.
 *
 * @module
 */

import { replaceAdam } from "./_adam_optimizer.ts";
import { replaceMomentum, replaceSgd } from "./_sgd_optimizers.ts";
import { registerWasmKernel } from "./_wasm_backend.ts";
import { adamStep } from "./adam.ts";
import { add } from "./add.ts";
import { avgPool } from "./avg_pool.ts";
import { avgPoolGrad } from "./avg_pool_grad.ts";
import { cast } from "./cast.ts";
import { identity } from "./identity.ts";
import { leakyRelu } from "./leaky_relu.ts";
import { leakyReluGrad, replaceLeakyReluGradient } from "./leaky_relu_grad.ts";
import { maxPool } from "./max_pool.ts";
import { maxPoolGrad } from "./max_pool_grad.ts";
import { momentumStep } from "./momentum.ts";
import { reluGrad, replaceReluGradient } from "./relu_grad.ts";
import { sgdStep } from "./sgd.ts";
import { sum } from "./sum.ts";

/** Registers them, once. */
export function registerElementwise(): void {
  registerWasmKernel("MaxPool", maxPool);
  registerWasmKernel("MaxPoolGrad", maxPoolGrad);
  registerWasmKernel("AvgPool", avgPool);
  registerWasmKernel("AvgPoolGrad", avgPoolGrad);
  registerWasmKernel("ReluGrad", reluGrad);
  replaceReluGradient();
  registerWasmKernel("LeakyRelu", leakyRelu);
  registerWasmKernel("LeakyReluGrad", leakyReluGrad);
  replaceLeakyReluGradient();
  registerWasmKernel("Add", add);
  registerWasmKernel("Sum", sum);
  registerWasmKernel("Identity", identity);
  registerWasmKernel("Cast", cast);
  registerWasmKernel("AdamStep", adamStep);
  registerWasmKernel("MomentumStep", momentumStep);
  registerWasmKernel("SgdStep", sgdStep);
  replaceAdam();
  replaceMomentum();
  replaceSgd();
}
