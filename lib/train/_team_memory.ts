/**
 * What the participants of a training team share: inputs and results in one
 * piece of shared memory, and the words by which they keep step.
 *
 * @module
 */

import { PIXELS } from "../mnist/mod.ts";

/**
 * Parts of a batch. Their number does not depend on the participants, and
 * their gradients are summed in order, so neither do the weights.
 */
export const SHARDS = 8;

/** Indices into `control`. */
export const WORD = {
  /** Commands given so far; a change of it starts the next one. */
  command: 0,
  /** What is to be done: one of `KIND`. */
  kind: 1,
  /** Images of the command. */
  images: 2,
  /** Units of work that somebody has begun, those beyond the last included. */
  claimed: 3,
  /** Times that a participant was ready or had no unit left. */
  arrived: 4,
  /** 1 where all threads are to end. */
  stopped: 5,
  /** Bytes of `failure`; −1 while it is written. */
  failed: 6,
};

/** Values of the word `kind`. */
export const KIND = {
  /** Predict the images. */
  predict: 0,
  /** Train on the images. */
  train: 1,
  /** Take the weights that lie in `weights`. */
  load: 2,
};

/** Room for the words of a thread that fails. */
const FAILURE_BYTES = 1000;

/** Views on one SharedArrayBuffer, so that a message hands over all of it. */
export interface TeamMemory {
  /** Used with `Atomics`, see `WORD`. */
  control: Int32Array;
  /** Units finished, a participant: shows who is alive. */
  finished: Int32Array;
  /** Of the optimizer, in this step. */
  learningRate: Float64Array;
  /** Share of the recipe's changes that examples get in this step, 0…1. */
  changes: Float64Array;
  /** [images, 28, 28, 1], bytes. */
  images: Uint8Array;
  /** [images]. */
  labels: Uint8Array;
  /** All weights of the model, in order, as the team starts or loads them. */
  weights: Float32Array;
  /** [2][shard][trainable values]: steps take turns. */
  gradients: Float32Array[][];
  /** [2][shard][other values], as batch norm has moved them. */
  statistics: Float32Array[][];
  /** Sum of the losses in nats, a shard. */
  losses: Float64Array;
  /** Images that were right, a shard. */
  correct: Int32Array;
  /** [images, classes]. */
  probabilities: Float32Array;
  /** What the first thread that failed says, in UTF-8. */
  failure: Uint8Array;
}

/** How much there is of each. */
export interface TeamSizes {
  participants: number;
  /** Most images of a command. */
  images: number;
  /** That the network tells apart. */
  classes: number;
  trainable: number;
  other: number;
}

/** Shared memory for a team, all zero. */
export function allocateTeamMemory(sizes: TeamSizes): TeamMemory {
  const { participants, images, classes, trainable, other } = sizes;
  const weights = trainable + other;
  const bytes = 8 * (2 + SHARDS) +
    4 * (Object.keys(WORD).length + participants + SHARDS) +
    4 * (weights * (1 + 2 * SHARDS) + classes * images) +
    images * (PIXELS + 1) +
    FAILURE_BYTES;
  const buffer = new SharedArrayBuffer(bytes);
  let end = 0;
  /** The next piece; the wider elements come first, so each is aligned. */
  const take = <View>(
    View: {
      new (buffer: SharedArrayBuffer, start: number, length: number): View;
      BYTES_PER_ELEMENT: number;
    },
    length: number,
  ): View => {
    const view = new View(buffer, end, length);
    end += length * View.BYTES_PER_ELEMENT;
    return view;
  };
  const twoByShards = (length: number) =>
    [0, 1].map(() =>
      Array.from({ length: SHARDS }, () => take(Float32Array, length))
    );
  return {
    learningRate: take(Float64Array, 1),
    changes: take(Float64Array, 1),
    losses: take(Float64Array, SHARDS),
    control: take(Int32Array, Object.keys(WORD).length),
    finished: take(Int32Array, participants),
    correct: take(Int32Array, SHARDS),
    weights: take(Float32Array, weights),
    gradients: twoByShards(trainable),
    statistics: twoByShards(other),
    probabilities: take(Float32Array, classes * images),
    images: take(Uint8Array, images * PIXELS),
    labels: take(Uint8Array, images),
    failure: take(Uint8Array, FAILURE_BYTES),
  };
}

/** Where a shard of a batch begins and ends: contiguous, as even as possible. */
export function shardRange(
  batchSize: number,
  shard: number,
): [start: number, end: number] {
  return [
    Math.floor(shard * batchSize / SHARDS),
    Math.floor((shard + 1) * batchSize / SHARDS),
  ];
}

/**
 * Says that a participant is ready, at first, and later that it finds no unit
 * left in the command at hand.
 */
export function arrive({ control }: TeamMemory): void {
  Atomics.add(control, WORD.arrived, 1);
  Atomics.notify(control, WORD.arrived);
}

/** Looks at a word before sleeping, some 160 µs of them: waking takes as long. */
const LOOKS = 20_000;

/**
 * Looks for a while whether a word is still as it was. Where threads outnumber
 * cores it does not, as those who look would keep others from working.
 */
function stays(
  { control, finished }: TeamMemory,
  word: number,
  value: number,
): boolean {
  const looks = finished.length > navigator.hardwareConcurrency ? 0 : LOOKS;
  for (let look = 0; look < looks; look++) {
    if (Atomics.load(control, word) !== value) return false;
  }
  return true;
}

/** Waits until a command has been given that comes after so many others. */
export function waitForCommand(memory: TeamMemory, others: number): void {
  if (stays(memory, WORD.command, others)) {
    Atomics.wait(memory.control, WORD.command, others);
  }
}

/**
 * Waits, without giving way to events, until all participants have arrived.
 *
 * @param command Commands that are done then; 0 for the start.
 * @param milliseconds How long at most between two arrivals.
 * @returns False where it took longer, or all threads are to end.
 */
export function waitForEveryone(
  memory: TeamMemory,
  command: number,
  milliseconds = Infinity,
): boolean {
  const { control, finished } = memory;
  const wanted = (command + 1) * finished.length;
  for (;;) {
    const arrived = Atomics.load(control, WORD.arrived);
    if (isStopped(memory)) return false;
    if (arrived >= wanted) return true;
    if (milliseconds > 0 && !stays(memory, WORD.arrived, arrived)) continue;
    const woken = Atomics.wait(control, WORD.arrived, arrived, milliseconds);
    if (woken === "timed-out") return false;
  }
}

/** Tells all threads to end, those that wait as well. */
export function stopEveryone({ control }: TeamMemory): void {
  Atomics.store(control, WORD.stopped, 1);
  // A thread that has looked just before this finds other values to wait for.
  Atomics.add(control, WORD.command, 1);
  Atomics.add(control, WORD.arrived, 1);
  Atomics.notify(control, WORD.command);
  Atomics.notify(control, WORD.arrived);
}

/** Whether all threads are to end. */
export function isStopped({ control }: TeamMemory): boolean {
  return Atomics.load(control, WORD.stopped) === 1;
}

/** Says why a thread cannot go on, where no other has said so before. */
export function reportFailure(
  { control, failure }: TeamMemory,
  message: string,
): void {
  if (Atomics.compareExchange(control, WORD.failed, 0, -1) !== 0) return;
  const bytes = new TextEncoder().encode(message).subarray(0, FAILURE_BYTES);
  failure.set(bytes);
  Atomics.store(control, WORD.failed, bytes.length);
}

/** What `reportFailure()` was told, if anything. */
export function reportedFailure(
  { control, failure }: TeamMemory,
): string | undefined {
  const length = Atomics.load(control, WORD.failed);
  return length > 0
    ? new TextDecoder().decode(failure.slice(0, length))
    : undefined;
}
