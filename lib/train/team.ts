/**
 * Threads that train one network together.
 *
 * A batch is cut into a fixed number of shards, whatever the number of threads.
 * Each thread takes the next shard that nobody has, and lays the gradients down
 * in shared memory. When all are there, every thread sums them in the order of
 * the shards and moves its own copy of the network. So all copies stay equal,
 * and the weights are the same bit for bit with one thread or eight.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { setImmediate, setTimeout } from "node:timers/promises";
import { trainingKernelOptions } from "../kernels/mod.ts";
import { type Digits, PIXELS } from "../mnist/mod.ts";
import {
  classCount,
  NO_DIGIT,
  PREDICT_BATCH_SIZE,
  reseedDropout,
} from "../model/mod.ts";
import { type Evaluation, judge } from "./evaluate_model.ts";
import {
  readValues,
  Replica,
  type ReplicaOptions,
  valueCount,
  variablesOf,
} from "./_replica.ts";
import {
  digitsSeen,
  type OptimizerState,
  type RunState,
  stepsTaken,
} from "./run_state.ts";
import {
  allocateTeamMemory,
  arrive,
  KIND,
  reportedFailure,
  reportFailure,
  SHARDS,
  stopEveryone,
  type TeamMemory,
  waitForEveryone,
  WORD,
} from "./_team_memory.ts";
import type { WorkerTask } from "./training_worker.ts";

/** The most threads that find work in a batch: one a shard. */
export const MAX_WORKERS = SHARDS;

/** What a team is set up for. */
export interface TeamOptions extends ReplicaOptions {
  /** Most digits in a step. */
  batchSize: number;
  /**
   * Threads that share the work, 1 to `MAX_WORKERS`, this one included: with 1
   * no other is started.
   */
  workers: number;
  /** Where it goes on; from the model's own weights where left out. */
  begun?: RunState;
}

/** What came of a step. */
export interface StepResult {
  /** Mean over the batch before the step, in nats. */
  loss: number;
  /** Digits of the batch that were right, with dropout on. */
  correct: number;
}

/** Threads at work on one model. */
export interface Team {
  /** The calling thread's copy, and the one to save. */
  readonly model: tf.LayersModel;
  /** Their number, the calling one included. */
  readonly workers: number;
  /**
   * One step of Adam on the mean cross-entropy of some digits.
   *
   * @param indices Of the digits, at most `batchSize`.
   * @param changes Share of the changes that the options ask for, 0…1.
   */
  trainStep(
    digits: Digits,
    indices: Uint32Array,
    learningRate: number,
    changes?: number,
  ): Promise<StepResult>;
  /** All weights, one behind the other, in a new array. */
  readWeights(): Float32Array;
  /** What Adam remembers, in new arrays. */
  readOptimizer(): OptimizerState;
  /** Gives all copies of the network these weights. */
  loadWeights(weights: Float32Array): Promise<void>;
  /**
   * The probabilities that `predict()` gives, [count, classes] row-major.
   *
   * @param images [count, 28, 28], 0 paper to 255 ink.
   */
  predict(images: Uint8Array): Promise<Float32Array>;
  /** Judges the network, as `evaluateModel()` does. */
  evaluate(digits: Digits): Promise<Evaluation>;
  /** Ends the other threads. The model stays with the caller. */
  close(): void;
}

/** How other threads are started and waited for; tests have their own ways. */
export interface Threads {
  start(): Worker;
  /** Seconds until the first one has started. */
  startPatience: number;
  /** Seconds without a sign of work after which one is given up. */
  patience: number;
}

const THREADS: Threads = {
  start: () =>
    new Worker(new URL("./training_worker.ts", import.meta.url), {
      type: "module",
    }),
  // Eight may start at once on one slow core.
  startPatience: 60,
  patience: 10,
};

/** Images that are predicted in one command. */
const CHUNK = 64 * PREDICT_BATCH_SIZE;

/** Between two looks at events; a look takes about a millisecond. */
const LOOK_MS = 250;

/** How long this thread waits for others before it looks at events. */
const WAIT_MS = 50;

/** Between two looks at whether all threads have started. */
const START_MS = 5;

/**
 * Starts a team. The model is this thread's copy: its weights are the team's,
 * and must not be changed elsewhere until it is closed.
 *
 * @param model Takes [batch, 28, 28, 1], gives [batch, classes] probabilities.
 * @throws {RangeError} If the number of workers is out of range, or if there is
 *   no class for what is no digit and the options ask for such examples.
 * @throws {TypeError} If the model has a layer whose random numbers obey no
 *   seed, or if it is another network than the one to go on with.
 * @throws {Error} If a thread does not start. Later the methods throw it where
 *   one fails or no longer answers; all others are ended then.
 */
export async function startTeam(
  model: tf.LayersModel,
  options: TeamOptions,
  threads: Threads = THREADS,
): Promise<Team> {
  const { workers, batchSize, begun: state, ...replicaOptions } = options;
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS)) {
    throw new RangeError(
      `Cannot share the training as the number of workers must be an integer from 1 to ${MAX_WORKERS}, the parts of a batch: current number is ${workers}`,
    );
  }
  const classes = classCount(model);
  if (replicaOptions.noDigits && classes <= NO_DIGIT) {
    throw new RangeError(
      `Cannot train on what is no digit as the network must have a class for it, its output ${NO_DIGIT}: current number of outputs is ${classes}`,
    );
  }
  reseedDropout(model, options.seed, "start");
  const weights = variablesOf(model.weights);
  const trainable = valueCount(variablesOf(model.trainableWeights));
  const memory = allocateTeamMemory({
    participants: workers,
    images: Math.max(batchSize, CHUNK),
    classes,
    trainable,
    other: valueCount(weights) - trainable,
  });
  if (state) checkFits(state, weights, trainable);
  if (state) memory.weights.set(state.weights);
  else readValues(weights, memory.weights);
  const begun = state && {
    optimizer: state.optimizer,
    steps: stepsTaken(state, batchSize),
    seen: digitsSeen(state),
  };
  const crew = new Crew(memory, threads);
  for (let participant = 1; participant < workers; participant++) {
    crew.hire({
      topology: model.toJSON(null, false) as WorkerTask["topology"],
      memory,
      options: replicaOptions,
      begun,
      kernels: trainingKernelOptions(),
      participant,
    });
  }
  const replica = new Replica(model, memory, replicaOptions, begun);
  arrive(memory);
  try {
    await crew.gather();
  } catch (error) {
    crew.dismiss();
    replica.dispose();
    throw error;
  }
  return new RunningTeam(model, memory, crew, replica, batchSize);
}

/** Checks that a state is of the network that is to go on from it. */
function checkFits(
  { shapes, weights, average = weights, optimizer }: RunState,
  variables: { shape: number[]; size: number }[],
  trainable: number,
): void {
  const wanted = JSON.stringify(variables.map(({ shape }) => shape));
  const came = JSON.stringify(shapes);
  if (came !== wanted) {
    throw new TypeError(
      `Cannot go on as the weights must be those of this network, of the shapes ${wanted}: current shapes are ${came}`,
    );
  }
  const all = valueCount(variables);
  const { firstMoments, secondMoments } = optimizer;
  const lengths = [weights, average, firstMoments, secondMoments]
    .map(({ length }) => length);
  if (lengths.join() !== [all, all, trainable, trainable].join()) {
    throw new TypeError(
      `Cannot go on as there must be ${all} weights, as many averages, and twice ${trainable} moments: current lengths are ${lengths}`,
    );
  }
}

/** The other threads, as this one sees them. */
class Crew {
  readonly #memory: TeamMemory;
  readonly #threads: Threads;
  readonly #workers: Worker[] = [];

  constructor(memory: TeamMemory, threads: Threads) {
    this.#memory = memory;
    this.#threads = threads;
  }

  hire(task: WorkerTask): void {
    const worker = this.#threads.start();
    worker.onerror = (event) => {
      event.preventDefault();
      reportFailure(this.#memory, event.message);
    };
    worker.postMessage(task);
    this.#workers.push(worker);
  }

  /** Waits until all have started, while other things go on here. */
  async gather(): Promise<void> {
    const { startPatience } = this.#threads;
    await this.#waitFor(0, startPatience, 0, () => setTimeout(START_MS));
  }

  /** Waits until all have nothing left to do in a command. */
  async finish(command: number): Promise<void> {
    const { patience } = this.#threads;
    await this.#waitFor(command, patience, WAIT_MS, setImmediate);
  }

  /** Ends them, in the middle of a command after the unit under way. */
  dismiss(): void {
    // Alone, terminate() does not reach a thread that waits.
    stopEveryone(this.#memory);
    for (const worker of this.#workers) worker.terminate();
  }

  /**
   * Waits by turns: for `waitMs` without looking at events, then for `pause`.
   * It counts its own turns, as a process that sleeps has no time to answer.
   */
  async #waitFor(
    command: number,
    patience: number,
    waitMs: number,
    pause: () => Promise<unknown>,
  ): Promise<void> {
    const turnSeconds = (waitMs || START_MS) / 1000;
    let silence = 0;
    let finished = 0;
    while (!waitForEveryone(this.#memory, command, waitMs)) {
      await pause();
      const failure = reportedFailure(this.#memory);
      if (failure !== undefined) throw this.#error(`one says ${failure}`);
      const now = this.#memory.finished.reduce((sum, units) => sum + units);
      silence = now === finished ? silence + turnSeconds : 0;
      finished = now;
      if (silence > patience) {
        throw this.#error(`one has not answered for ${patience} s`);
      }
    }
  }

  #error(cause: string): Error {
    return new Error(
      `Cannot go on with ${this.#memory.finished.length} workers as each must do its part: ${cause}`,
    );
  }
}

class RunningTeam implements Team {
  readonly model: tf.LayersModel;
  readonly #memory: TeamMemory;
  readonly #crew: Crew;
  readonly #replica: Replica;
  readonly #batchSize: number;
  #commands = 0;
  /** When events were last let through. */
  #lookedAt = performance.now();

  constructor(
    model: tf.LayersModel,
    memory: TeamMemory,
    crew: Crew,
    replica: Replica,
    batchSize: number,
  ) {
    this.model = model;
    this.#memory = memory;
    this.#crew = crew;
    this.#replica = replica;
    this.#batchSize = batchSize;
  }

  get workers(): number {
    return this.#memory.finished.length;
  }

  async trainStep(
    digits: Digits,
    indices: Uint32Array,
    learningRate: number,
    changes = 1,
  ): Promise<StepResult> {
    const { length } = indices;
    if (length < 1 || length > this.#batchSize) {
      throw new RangeError(
        `Cannot train on a batch as its size must be from 1 to ${this.#batchSize}: current size is ${length}`,
      );
    }
    const { images, labels, losses, correct } = this.#memory;
    for (const [i, index] of indices.entries()) {
      const start = index * PIXELS;
      images.set(digits.images.subarray(start, start + PIXELS), i * PIXELS);
      labels[i] = digits.labels[index]!;
    }
    this.#memory.learningRate[0] = learningRate;
    this.#memory.changes[0] = changes;
    await this.#run(KIND.train, length);
    const sum = (values: Float64Array | Int32Array) =>
      [...values].reduce((total, value) => total + value);
    return { loss: sum(losses) / length, correct: sum(correct) };
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    const count = images.length / PIXELS;
    const classes = classCount(this.model);
    const probabilities = new Float32Array(count * classes);
    for (let start = 0; start < count; start += CHUNK) {
      const size = Math.min(CHUNK, count - start);
      const end = start + size;
      this.#memory.images.set(images.subarray(start * PIXELS, end * PIXELS));
      await this.#run(KIND.predict, size);
      probabilities.set(
        this.#memory.probabilities.subarray(0, size * classes),
        start * classes,
      );
    }
    return probabilities;
  }

  async evaluate(digits: Digits): Promise<Evaluation> {
    return judge(await this.predict(digits.images), digits.labels);
  }

  readWeights(): Float32Array {
    const weights = new Float32Array(this.#memory.weights.length);
    readValues(variablesOf(this.model.weights), weights);
    return weights;
  }

  readOptimizer(): OptimizerState {
    return this.#replica.readOptimizer();
  }

  async loadWeights(weights: Float32Array): Promise<void> {
    this.#memory.weights.set(weights);
    await this.#run(KIND.load, 0);
    // All have read them once all have come to the next command.
    await this.#run(KIND.predict, 0);
  }

  close(): void {
    this.#crew.dismiss();
    this.#replica.dispose();
  }

  /** Has everyone do their part of a command. */
  async #run(kind: number, images: number): Promise<void> {
    const { control } = this.#memory;
    control[WORD.kind] = kind;
    control[WORD.images] = images;
    control[WORD.claimed] = 0;
    Atomics.add(control, WORD.command, 1);
    Atomics.notify(control, WORD.command);
    this.#commands++;
    try {
      this.#replica.work(0);
      arrive(this.#memory);
      await this.#crew.finish(this.#commands);
      this.#replica.finish();
    } catch (error) {
      this.#crew.dismiss();
      this.#replica.abandon();
      throw error;
    }
    // Lets Ctrl-C through: the work above never leaves this thread.
    if (performance.now() - this.#lookedAt > LOOK_MS) {
      await setImmediate();
      this.#lookedAt = performance.now();
    }
  }
}
