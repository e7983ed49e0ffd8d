/**
 * Dropout that obeys a seed.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { createTensor } from "../kernels/mod.ts";
import { createRandom, type Random } from "../random/mod.ts";

/** Random numbers on their way into a mask, a part of it at a time. */
const DRAWS = new Uint32Array(1024);

/** What the layer is made from, and saved as. */
export interface SeededDropoutConfig {
  /** Share of the inputs that is dropped, 0 ≤ rate < 1. */
  rate: number;
  /** Of the layer; a free one is chosen where left out. */
  name?: string;
}

/**
 * Sets a random share of its inputs to zero while it trains, and scales up the
 * others, so that the expected sum stays the same.
 *
 * TensorFlow.js's own layer draws the same mask for every batch where it is
 * given a seed, and another one in every run where it is not. This one draws a
 * new mask a batch from the project's generator. It is saved as a plain
 * `Dropout` layer, so every reader of the format can load the model.
 *
 * Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks
 * from Overfitting", JMLR 15 (2014), section 4, in its inverted form.
 */
export class SeededDropout extends tf.layers.Layer {
  static className = "Dropout";

  readonly #rate: number;
  #random: Random;

  /**
   * @param random Where the masks are drawn from.
   * @throws {RangeError} If the rate is out of range.
   */
  constructor({ rate, name }: SeededDropoutConfig, random: Random) {
    super(name === undefined ? {} : { name });
    if (!(rate >= 0 && rate < 1)) {
      throw new RangeError(
        `Cannot drop inputs as the rate must be at least 0 and below 1: current rate is ${rate}`,
      );
    }
    this.#rate = rate;
    this.#random = random;
  }

  /** Draws the masks from another stream from now on. */
  reseed(random: Random): void {
    this.#random = random;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: { training?: boolean },
  ): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    if (!kwargs.training || this.#rate === 0) return x.clone();
    return tf.tidy(() => x.mul(this.#mask(x.shape)));
  }

  #mask(shape: number[]): tf.Tensor {
    return createTensor(shape, (mask) => {
      for (let start = 0; start < mask.length; start += DRAWS.length) {
        const part = mask.subarray(start, start + DRAWS.length);
        this.#random.fill(DRAWS.subarray(0, part.length));
        drawMask(part, this.#rate);
      }
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      rate: this.#rate,
      noise_shape: null,
      seed: null,
    };
  }
}

/**
 * A function of its own: as a loop within a loop of a closure V8 compiled it
 * for each mask anew.
 */
function drawMask(mask: Float32Array, rate: number): void {
  const limit = Math.round(rate * 2 ** 31);
  const scale = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i++) {
    // -1 where it is dropped, else 0: no processor foresees a branch.
    const dropped = ((DRAWS[i]! >>> 1) - limit) >> 31;
    mask[i] = (1 + dropped) * scale;
  }
}

/** How a topology for our own use calls the layer: the other name is taken. */
const OWN_NAME = "SeededDropout";

tf.serialization.registerClass(
  class extends SeededDropout {
    static override className = OWN_NAME;

    static override fromConfig<T extends tf.serialization.Serializable>(
      _: tf.serialization.SerializableConstructor<T>,
      config: tf.serialization.ConfigDict,
    ): T {
      const layer = new SeededDropout(
        config as unknown as SeededDropoutConfig,
        createRandom(0, "dropout"),
      );
      return layer as tf.serialization.Serializable as T;
    }
  },
);

/**
 * A saved topology of which each plain `Dropout` becomes a `SeededDropout`
 * when a model is built from it.
 *
 * @param topology Of the tfjs layers format; not changed.
 */
export function withSeededDropout<Topology>(topology: Topology): Topology {
  return JSON.parse(
    JSON.stringify(topology),
    (key, value) =>
      key === "class_name" && value === SeededDropout.className
        ? OWN_NAME
        : value,
  );
}
