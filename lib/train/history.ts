/** What a training run leaves behind for its curves. @module */

/** One epoch. */
export interface EpochRecord {
  /** From 1. */
  epoch: number;
  /** Mean over the epoch's batches, with dropout on, in nats. */
  trainLoss: number;
  /** Likewise, 0…1. */
  trainAccuracy: number;
  /** After the epoch, in nats. */
  valLoss: number;
  /** After the epoch, 0…1. */
  valAccuracy: number;
  /** Training alone, without validation. */
  imagesPerSecond: number;
}

/** The epochs in order. */
export type History = EpochRecord[];
