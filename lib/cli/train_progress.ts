/**
 * What `deno task train` shows while it trains.
 *
 * @module
 */

import { duration, percent, thousands } from "../format/numbers.ts";
import type { EpochRecord } from "../train/mod.ts";

const BAR_WIDTH = 24;

/**
 * A line an epoch, as in `Epoch 1/6 · train accuracy 93.2 % · validation
 * accuracy 98.1 % · loss 0.214 · validation loss 0.061 · 4,012 images/s`.
 */
export function epochLine(record: EpochRecord, epochs: number): string {
  return [
    `Epoch ${record.epoch}/${epochs}`,
    `train accuracy ${percent(record.trainAccuracy, 1)}`,
    `validation accuracy ${percent(record.valAccuracy, 1)}`,
    `loss ${record.trainLoss.toFixed(3)}`,
    `validation loss ${record.valLoss.toFixed(3)}`,
    `${thousands(record.imagesPerSecond)} images/s`,
  ].join(" · ");
}

/**
 * The bar of the epoch under way, with the time left for all of them.
 *
 * @param done Images of this epoch so far, at least one.
 * @param total Images of an epoch.
 * @param seconds Since the first epoch began.
 */
export function progressLine(
  epoch: number,
  epochs: number,
  done: number,
  total: number,
  seconds: number,
): string {
  const filled = Math.round(BAR_WIDTH * done / total);
  const soFar = (epoch - 1) * total + done;
  const left = seconds / soFar * (epochs * total - soFar);
  return [
    `Epoch ${epoch}/${epochs} ${"█".repeat(filled)}${
      "░".repeat(BAR_WIDTH - filled)
    } ${percent(done / total, 0)}`,
    `${thousands(soFar / seconds)} images/s`,
    `${duration(left)} left`,
  ].join(" · ");
}
