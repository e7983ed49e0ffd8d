/**
 * Training in a notebook: a bar and curves that move, and a button that stops.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { bar } from "../format/bar.ts";
import type { Digits } from "../mnist/mod.ts";
import { historyFigure } from "../plot/mod.ts";
import {
  type History,
  progressLine,
  trainModel,
  type TrainOptions,
} from "../train/mod.ts";
import { liveDisplay } from "./live_display.ts";
import { stopSignal } from "./stop_button.ts";

/** Milliseconds from one redrawing of the bar to the next. */
const PAUSE = 250;

/** Milliseconds for which the training hears nothing from outside. */
const DEAF = 50;

/**
 * Trains as `trainModel()` does. The bar tells the time left, the curves grow
 * by a point an epoch, and the notebook's stop button ends the training after
 * the batch under way: the model is as it was trained until then.
 *
 * @param model Trained in place.
 * @returns A record an epoch; of a stopped run the last is of a part of its
 *   epoch.
 * @throws As `trainModel()` does.
 */
export async function trainLive(
  model: tf.LayersModel,
  digits: { train: Digits; validation: Digits },
  options: TrainOptions,
): Promise<History> {
  const { epochs } = options;
  const [showBar, showCurves] = [liveDisplay(), liveDisplay()];
  const signal = stopSignal();
  const start = performance.now();
  const shown: History = [];
  let drawn = -Infinity;
  let heard = -Infinity;
  await showBar(`Epoch 1/${epochs} ${bar(0)}`);
  const history = await trainModel(model, digits, options, {
    signal,
    onBatch: async (done, total) => {
      const now = performance.now();
      // What comes from outside, such as the stop button, is heard only then.
      if (now - heard >= DEAF) {
        await new Promise((passed) => setTimeout(passed));
        heard = performance.now();
      }
      if (now - drawn < PAUSE) return;
      drawn = now;
      const seconds = (now - start) / 1000;
      const epoch = shown.length + 1;
      void showBar(progressLine(epoch, epochs, done, total, seconds));
    },
    onEpoch: (record) => {
      shown.push(record);
      void showCurves(historyFigure(shown), { still: false });
    },
  });
  await showBar(lastLine(history, epochs, signal.aborted));
  // Whoever presses stop wants to go on: a still picture would take a while.
  const still = !signal.aborted;
  if (history.length > 0) await showCurves(historyFigure(history), { still });
  return history;
}

/** Without speed and time, so that the same run leaves the same line. */
function lastLine(history: History, epochs: number, stopped: boolean): string {
  if (!stopped) return `Epoch ${epochs}/${epochs} ${bar(1)}`;
  return history.length === 0
    ? "Stopped before the first batch"
    : `Stopped in epoch ${history.length} of ${epochs}: what was learned so far is kept`;
}
