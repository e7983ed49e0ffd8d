/**
 * The speed that no kernel can pass.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { wasmExports } from "./_wasm_module.ts";

/** A call of about a third of a millisecond. */
const ROUNDS = 200_000;
/** 12 chains of 4 multiply-adds. */
const FLOP_PER_ROUND = 12 * 4 * 2;

/**
 * Runs multiply-adds on registers alone, in the build that the kernels use.
 *
 * @returns Floating-point operations done, a multiply-add as two.
 */
export function wasmPeak(): number {
  // x = 0.5 keeps all chains near 1: they neither overflow nor vanish.
  wasmExports(tf.backend() as BackendWasm).peak(ROUNDS, 0.5, 1);
  return ROUNDS * FLOP_PER_ROUND;
}
