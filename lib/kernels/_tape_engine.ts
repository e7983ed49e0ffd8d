/**
 * What the engine of TensorFlow.js has for its tape, and does not type for
 * others.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** Gives the gradients by the name of the input, made when asked for. */
export type GradientFunction = (
  dy: tf.Tensor,
  saved: tf.Tensor[],
) => Record<string, () => tf.Tensor>;

/** An op that ran. */
export interface TapeNode {
  kernelName: string;
  inputs: tf.NamedTensorMap;
  outputs: tf.Tensor[];
  /** Kept for the gradient. */
  saved: tf.Tensor[];
  /** Gradients by the name of the input, made when asked for. */
  gradient?: (dys: (tf.Tensor | null)[]) => Record<string, () => tf.Tensor>;
}

/** The engine. */
export interface TapeEngine {
  state: {
    activeTape: TapeNode[] | null;
    gradientDepth: number;
    /** Above 0 nothing is put on the tape. */
    kernelDepth: number;
  };
  isTapeOn(): boolean;
  addTapeNode(
    name: string,
    inputs: tf.NamedTensorMap,
    outputs: [tf.Tensor],
    gradient: GradientFunction,
    saved: tf.Tensor[],
    attrs: Record<string, never>,
  ): void;
  startTape(): void;
  endTape(): void;
  gradients: Gradients;
  /** Gives what an op keeps for its gradient. */
  saveTensorsForBackwardMode: (tensors: tf.Tensor[]) => tf.Tensor[];
  trackTensor(tensor: tf.Tensor, backend: tf.KernelBackend): void;
}

/**
 * The value of `f`, and its gradients to each of `xs`: none to what it does not
 * depend on. `dy`, of the value's shape, weights them; 1 where left out.
 */
export type Gradients = (
  f: () => tf.Tensor,
  xs: tf.Tensor[],
  dy?: tf.Tensor | null,
  allowNoGradients?: boolean,
) => { value: tf.Tensor; grads: (tf.Tensor | undefined)[] };

/** The one engine that there is. */
export function tapeEngine(): TapeEngine {
  return tf.engine() as unknown as TapeEngine;
}
