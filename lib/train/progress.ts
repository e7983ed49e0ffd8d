/**
 * What is shown while a network trains.
 *
 * @module
 */

import { bar } from "../format/bar.ts";
import { duration, percent, thousands } from "../format/numbers.ts";
import type { EpochRecord } from "./history.ts";

/** Where the lines go. */
export interface Screen {
  /** A line of its own. */
  print(line: string): void;
  /** True where a bar may be redrawn. */
  isTerminal: boolean;
  /** Writes over the current line of the terminal. */
  redraw(line: string): void;
}

/** What is to be told, as `TrainEvents` tells it. */
export interface Progress {
  onBatch(done: number, total: number): void;
  onEpoch(figures: EpochFigures): void;
}

/** Erases the terminal's line and goes back to its start. */
const ERASE_LINE = "\x1b[2K\r";

/** The process's own output, or a notebook's, which has no bar. */
export const consoleScreen: Screen = {
  print: (line) => console.log(line),
  isTerminal: Deno.stdout.isTerminal() && !isNotebook(),
  redraw: (line) =>
    Deno.stdout.writeSync(new TextEncoder().encode(ERASE_LINE + line)),
};

/** A notebook's own stdout may be the terminal that Jupyter was started in. */
function isNotebook(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}

/**
 * A bar in a terminal, and a line an epoch everywhere.
 *
 * @param begun Where a run goes on, its images of the epoch under way included.
 */
export function showProgress(
  epochs: number,
  screen: Screen = consoleScreen,
  begun = { epoch: 1, done: 0 },
): Progress {
  const start = performance.now();
  let { epoch } = begun;
  return {
    onBatch: (done, total) => {
      if (!screen.isTerminal) return;
      const seconds = (performance.now() - start) / 1000;
      const before = (begun.epoch - 1) * total + begun.done;
      screen.redraw(progressLine(epoch, epochs, done, total, seconds, before));
    },
    onEpoch: (figures) => {
      if (screen.isTerminal) screen.redraw("");
      screen.print(epochLine(figures, epochs));
      epoch++;
    },
  };
}

/** An epoch, in which some figures may not have been measured. */
export type EpochFigures =
  & Pick<EpochRecord, "epoch" | "trainLoss" | "imagesPerSecond">
  & { [Name in keyof EpochRecord]?: EpochRecord[Name] | undefined };

/**
 * A line an epoch, as in `Epoch 1/6 · train accuracy 93.2 % · validation
 * accuracy 98.1 % · loss 0.214 · validation loss 0.061 · 4,012 images/s`.
 */
export function epochLine(figures: EpochFigures, epochs: number): string {
  const { trainAccuracy, valAccuracy, trainLoss, valLoss } = figures;
  const parts = [`Epoch ${figures.epoch}/${epochs}`];
  if (trainAccuracy !== undefined) {
    parts.push(`train accuracy ${percent(trainAccuracy, 1)}`);
  }
  if (valAccuracy !== undefined) {
    parts.push(`validation accuracy ${percent(valAccuracy, 1)}`);
  }
  parts.push(`loss ${trainLoss.toFixed(3)}`);
  if (valLoss !== undefined) {
    parts.push(`validation loss ${valLoss.toFixed(3)}`);
  }
  parts.push(`${thousands(figures.imagesPerSecond)} images/s`);
  return parts.join(" · ");
}

/**
 * The bar of the epoch under way, with the time left for all of them.
 *
 * @param done Images of this epoch so far, at least one.
 * @param total Images of an epoch.
 * @param seconds Since the training began.
 * @param before Images of all epochs that were done by then.
 */
export function progressLine(
  epoch: number,
  epochs: number,
  done: number,
  total: number,
  seconds: number,
  before = 0,
): string {
  const soFar = (epoch - 1) * total + done;
  const rate = (soFar - before) / seconds;
  const left = (epochs * total - soFar) / rate;
  return [
    `Epoch ${epoch}/${epochs} ${bar(done / total)}`,
    `${thousands(rate)} images/s`,
    `${duration(left)} left`,
  ].join(" · ");
}
