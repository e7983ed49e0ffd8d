/**
 * One participant's copy of a network that a team trains.
 *
 * All copies see the same sums of gradients in the same order and move by
 * them alike, so they stay equal bit for bit.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  createTensor,
  readTensor,
  softmaxCrossEntropy,
} from "../kernels/mod.ts";
import { IMAGE_SIZE, PIXELS } from "../mnist/mod.ts";
import {
  applyLayers,
  argMax,
  classCount,
  PREDICT_BATCH_SIZE,
  reseedDropout,
} from "../model/mod.ts";
import { createRandom } from "../random/mod.ts";
import { type CutExample, drawCuts } from "./draw_cuts.ts";
import type { LabeledImages } from "./draw_no_digit.ts";
import { readAdam, setAdam } from "./_adam_state.ts";
import { makeExample } from "./make_example.ts";
import { type Recipe, RECIPES } from "./recipes.ts";
import type { OptimizerState } from "./run_state.ts";
import {
  isStopped,
  KIND,
  shardRange,
  SHARDS,
  type TeamMemory,
  WORD,
} from "./_team_memory.ts";

/** Where one is left out, it is that of the recipe `standard`. */
type OptionalChoices = Pick<
  Recipe,
  | "augment"
  | "distort"
  | "noDigits"
  | "styled"
  | "cuts"
  | "labelSmoothing"
  | "beta1"
  | "beta2"
>;

/** What each copy of the network has to know. */
export interface ReplicaOptions extends Partial<OptionalChoices> {
  /** Draws dropout masks and changes. */
  seed: number;
}

/** Where a copy goes on whose work another has begun. */
export interface ReplicaStart {
  optimizer: OptimizerState;
  /** Steps that were taken. */
  steps: number;
  /** Images that were seen in them. */
  seen: number;
}

/** A network, its optimizer, and the memory that it shares with the others. */
export class Replica {
  readonly #model: tf.LayersModel;
  readonly #memory: TeamMemory;
  readonly #options: ReplicaOptions & OptionalChoices;
  readonly #trainable: tf.Variable[];
  readonly #other: tf.Variable[];
  readonly #optimizer: tf.AdamOptimizer;
  /** Values of `#other` as the step began. */
  readonly #statistics: Float32Array;
  /** The command at hand, as others may go on to the next one meanwhile. */
  #command = { kind: KIND.predict, images: 0, learningRate: 0, changes: 1 };
  #step: number;
  /** The gradients of a shard without images. */
  readonly #none: Float32Array;
  /** Images in all the steps before. */
  #seen: number;

  /**
   * @param model Trained in place; starts from `memory.weights`.
   * @param begun Before the first step where left out.
   * @throws {TypeError} If a layer draws random numbers that obey no seed.
   */
  constructor(
    model: tf.LayersModel,
    memory: TeamMemory,
    options: ReplicaOptions,
    begun?: ReplicaStart,
  ) {
    // Until it is built, a sequential model has no losses of its layers.
    if (model instanceof tf.Sequential) model.build();
    this.#model = model;
    this.#memory = memory;
    this.#options = { ...RECIPES.standard, ...options };
    assignValues(variablesOf(model.weights), memory.weights);
    this.#trainable = variablesOf(model.trainableWeights);
    this.#other = variablesOf(model.nonTrainableWeights);
    this.#statistics = new Float32Array(valueCount(this.#other));
    readValues(this.#other, this.#statistics);
    this.#none = new Float32Array(valueCount(this.#trainable));
    this.#optimizer = tf.train.adam(
      memory.learningRate[0],
      this.#options.beta1,
      this.#options.beta2,
    );
    if (begun) setAdam(this.#optimizer, this.#trainable, begun.optimizer);
    this.#step = begun?.steps ?? 0;
    this.#seen = begun?.seen ?? 0;
  }

  /** What the optimizer remembers, in new arrays. */
  readOptimizer(): OptimizerState {
    return readAdam(this.#optimizer, this.#trainable);
  }

  /** Does units of the command at hand until all of them are taken. */
  work(participant: number): void {
    const { control, finished, learningRate, changes } = this.#memory;
    const kind = control[WORD.kind]!;
    const images = control[WORD.images]!;
    this.#command = {
      kind,
      images,
      learningRate: learningRate[0]!,
      changes: changes[0]!,
    };
    const isTraining = kind === KIND.train;
    const units = isTraining ? SHARDS : Math.ceil(images / PREDICT_BATCH_SIZE);
    for (;;) {
      const unit = Atomics.add(control, WORD.claimed, 1);
      if (unit >= units || isStopped(this.#memory)) return;
      if (isTraining) this.#trainShard(unit);
      else this.#predictSlice(unit);
      Atomics.add(finished, participant, 1);
    }
  }

  /**
   * Ends a command whose units are all done: a step moves the weights, and
   * others may be loaded.
   */
  finish(): void {
    const { gradients, statistics, weights } = this.#memory;
    const { kind, images: batchSize, learningRate } = this.#command;
    if (kind === KIND.load) {
      assignValues(variablesOf(this.#model.weights), weights);
      readValues(this.#other, this.#statistics);
    }
    if (kind !== KIND.train) return;
    const turn = this.#step % 2;
    const shards = gradients[turn]!.map((values, shard) =>
      shardSize(batchSize, shard) > 0 ? values : this.#none
    ) as Eight<Float32Array>;
    setLearningRate(this.#optimizer, learningRate);
    tf.tidy(() => {
      let end = 0;
      this.#optimizer.applyGradients(
        this.#trainable.map(({ name, shape, size }) => {
          const start = end;
          end += size;
          const tensor = createTensor(
            shape,
            (values) => sumShards(shards, start, values),
          );
          return { name, tensor };
        }),
      );
    });
    if (this.#other.length > 0) {
      this.#statistics.set(meanOfShards(statistics[turn]!, batchSize));
      assignValues(this.#other, this.#statistics);
    }
    this.#step++;
    this.#seen += batchSize;
  }

  /** Ends a command that has failed: the model is as it was before. */
  abandon(): void {
    if (this.#other.length > 0) assignValues(this.#other, this.#statistics);
  }

  /** Frees the optimizer; the model belongs to the caller. */
  dispose(): void {
    this.#optimizer.dispose();
  }

  /** Loss and gradients of a shard, and how it moves the statistics. */
  #trainShard(shard: number): void {
    const { gradients, statistics, losses, correct } = this.#memory;
    const batchSize = this.#command.images;
    const [start, end] = shardRange(batchSize, shard);
    losses[shard] = correct[shard] = 0;
    if (start === end) return;
    const turn = this.#step % 2;
    reseedDropout(
      this.#model,
      this.#options.seed,
      `step ${this.#step} shard ${shard}`,
    );
    if (this.#other.length > 0) assignValues(this.#other, this.#statistics);
    const labels = this.#memory.labels.slice(start, end);
    const classes = classCount(this.#model);
    tf.tidy(() => {
      const x = this.#examples(start, end, labels);
      const y = oneHot(labels, classes, this.#options.labelSmoothing);
      const { value, grads } = tf.variableGrads(() => {
        const logits = applyLayers(this.#model, x, {
          training: true,
          logits: true,
        });
        correct[shard] = countCorrect(readTensor(logits), labels);
        return this.#loss(logits, y, batchSize);
      }, this.#trainable);
      losses[shard] = readTensor(value)[0]! * batchSize;
      readValues(
        this.#trainable.map((variable) =>
          grads[variable.name] ?? tf.zerosLike(variable)
        ),
        gradients[turn]![shard]!,
      );
    });
    readValues(this.#other, statistics[turn]![shard]!);
  }

  /** A shard's part of the batch's mean loss, so that the parts add up to it. */
  #loss(logits: tf.Tensor, oneHot: tf.Tensor, batchSize: number): tf.Scalar {
    const share = oneHot.shape[0]! / batchSize;
    let loss = softmaxCrossEntropy(
      logits as tf.Tensor2D,
      oneHot as tf.Tensor2D,
    ).mul<tf.Scalar>(share);
    for (const penalty of this.#model.calculateLosses()) {
      loss = loss.add(penalty.mul(share));
    }
    return loss;
  }

  #predictSlice(slice: number): void {
    const start = slice * PREDICT_BATCH_SIZE;
    const end = Math.min(start + PREDICT_BATCH_SIZE, this.#command.images);
    tf.tidy(() => {
      const x = this.#images(start, end);
      const y = applyLayers(this.#model, x, { training: false });
      const classes = classCount(this.#model);
      this.#memory.probabilities.set(readTensor(y), start * classes);
    });
  }

  /** Some images of the command in 0…1. */
  #images(start: number, end: number): tf.Tensor {
    const bytes = this.#memory.images.subarray(start * PIXELS, end * PIXELS);
    return createTensor([end - start, IMAGE_SIZE, IMAGE_SIZE, 1], (values) => {
      for (let i = 0; i < bytes.length; i++) values[i] = bytes[i]! / 255;
    });
  }

  /**
   * Some images of a batch, changed at random as the options ask for.
   *
   * @param labels Theirs; those of other examples in their place are set.
   */
  #examples(start: number, end: number, labels: Uint8Array): tf.Tensor {
    const { images: batchSize, changes } = this.#command;
    const { noDigits, styled, cuts, seed } = this.#options;
    const augment = changes * this.#options.augment;
    const distort = changes * this.#options.distort;
    if (augment + distort + noDigits + styled + cuts === 0) {
      return this.#images(start, end);
    }
    const batch = {
      images: this.#memory.images.subarray(0, batchSize * PIXELS),
      labels: this.#memory.labels.subarray(0, batchSize),
    };
    const options = { augment, distort, noDigits, styled, cuts };
    const nextCut = cutSource(batch, seed, this.#seen + start);
    return createTensor([end - start, IMAGE_SIZE, IMAGE_SIZE, 1], (values) => {
      for (let i = start; i < end; i++) {
        labels[i - start] = makeExample(
          batch,
          i,
          values.subarray((i - start) * PIXELS, (i - start + 1) * PIXELS),
          options,
          createRandom(seed, `augment ${this.#seen + i}`),
          nextCut,
        );
      }
    });
  }
}

/** Gives one example after the other, drawn as many at once as there are. */
function cutSource(digits: LabeledImages, seed: number, start: number) {
  const random = createRandom(seed, `cuts ${start}`);
  let drawn: CutExample[] = [];
  return (): CutExample => {
    if (drawn.length === 0) drawn = drawCuts(digits, random);
    return drawn.pop()!;
  };
}

/**
 * [labels, classes], 1 at the label, else 0, with a share of each label spread
 * over all classes. Source: Szegedy et al., "Rethinking the Inception Architecture
 * for Computer Vision", CVPR 2016, section 7.
 */
function oneHot(
  labels: Uint8Array,
  classes: number,
  smoothing: number,
): tf.Tensor {
  return createTensor([labels.length, classes], (values) => {
    values.fill(smoothing / classes);
    labels.forEach((label, i) => values[i * classes + label]! += 1 - smoothing);
  });
}

/** What the optimizer moves, instead of a snapshot. */
export function variablesOf(weights: tf.LayersModel["weights"]): tf.Variable[] {
  return weights.map((weight) => weight.read() as tf.Variable);
}

/** How many numbers the variables hold together. */
export function valueCount(variables: { size: number }[]): number {
  return variables.reduce((sum, { size }) => sum + size, 0);
}

/** Copies the tensors' values, one behind the other. */
export function readValues(tensors: tf.Tensor[], values: Float32Array): void {
  let start = 0;
  for (const tensor of tensors) {
    values.set(readTensor(tensor), start);
    start += tensor.size;
  }
}

/** Gives the variables the values that lie one behind the other. */
function assignValues(variables: tf.Variable[], values: Float32Array): void {
  tf.tidy(() => {
    for (const [i, tensor] of split(variables, values).entries()) {
      variables[i]!.assign(tensor);
    }
  });
}

/** Tensors of the variables' shapes, of values one behind the other. */
function split(variables: tf.Variable[], values: Float32Array): tf.Tensor[] {
  let end = 0;
  return variables.map(({ shape, size }) =>
    createTensor(shape, (part) => part.set(values.subarray(end, end += size)))
  );
}

/** One for each of `SHARDS`. */
type Eight<T> = [T, T, T, T, T, T, T, T];

/**
 * Sums the shards' values from `start` on in pairs, pairs of pairs and so on.
 * All at once: one after the other goes through the sums eight times and takes
 * three times as long.
 */
function sumShards(
  [a, b, c, d, e, f, g, h]: Eight<Float32Array>,
  start: number,
  sums: Float32Array,
): void {
  for (let i = 0, at = start; i < sums.length; i++, at++) {
    sums[i] = ((a[at]! + b[at]!) + (c[at]! + d[at]!)) +
      ((e[at]! + f[at]!) + (g[at]! + h[at]!));
  }
}

/** Means over the images, in double precision: what did not move stays. */
function meanOfShards(
  shards: Float32Array[],
  batchSize: number,
): Float64Array {
  const means = new Float64Array(shards[0]!.length);
  for (const [shard, values] of shards.entries()) {
    const weight = shardSize(batchSize, shard) / batchSize;
    if (weight === 0) continue;
    for (let i = 0; i < means.length; i++) means[i]! += weight * values[i]!;
  }
  return means;
}

function shardSize(batchSize: number, shard: number): number {
  const [start, end] = shardRange(batchSize, shard);
  return end - start;
}

function countCorrect(logits: Float32Array, labels: Uint8Array): number {
  const classes = logits.length / labels.length;
  let correct = 0;
  for (const [i, label] of labels.entries()) {
    if (argMax(logits.subarray(i * classes, (i + 1) * classes)) === label) {
      correct++;
    }
  }
  return correct;
}

/** TensorFlow.js reads the rate anew in each step, and has no setter for it. */
function setLearningRate(optimizer: tf.AdamOptimizer, rate: number) {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
