/**
 * Learning curves: how accuracy and loss went over the epochs of a training.
 *
 * @module
 */

import type { Figure, Json } from "./figure.ts";
import { percent } from "../format/numbers.ts";
import { BLUE, VERMILION } from "./_style.ts";

/** What one epoch of a training came to, as far as it is drawn. */
export interface HistoryPoint {
  /** Counted from 1. */
  epoch: number;
  /** Cross-entropy in nats. */
  trainLoss: number;
  /** From 0 to 1. */
  trainAccuracy: number;
  /** Cross-entropy in nats. */
  valLoss: number;
  /** From 0 to 1. */
  valAccuracy: number;
}

/**
 * Draws accuracy above loss, each in training and in validation.
 *
 * @param history One point an epoch, in order; may be empty.
 *
 * @example The last epoch in words
 * ```ts
 * import { historyFigure } from "./history_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { text } = historyFigure([
 *   { epoch: 1, trainLoss: 0.2, trainAccuracy: 0.93, valLoss: 0.06, valAccuracy: 0.98 },
 * ]);
 * assertEquals(
 *   text,
 *   "Epoch 1: accuracy 93.00 % in training, 98.00 % in validation; " +
 *     "loss 0.2000 in training, 0.0600 in validation",
 * );
 * ```
 */
export function historyFigure(history: HistoryPoint[]): Figure {
  const epochs = history.map((point) => point.epoch);
  const inPercent = (share: number) => share * 100;
  const curve = (name: string, yaxis: string, y: number[]) => ({
    ...(name === "Training" ? TRAINING : VALIDATION),
    type: "scatter",
    mode: "lines+markers",
    name,
    legendgroup: name,
    showlegend: yaxis === "y",
    x: epochs,
    y,
    yaxis,
    hovertemplate: yaxis === "y" ? "accuracy %{y:.2f} %" : "loss %{y:.4f}",
  });
  return {
    data: [
      curve("Training", "y", history.map((p) => inPercent(p.trainAccuracy))),
      curve("Validation", "y", history.map((p) => inPercent(p.valAccuracy))),
      curve("Training", "y2", history.map((p) => p.trainLoss)),
      curve("Validation", "y2", history.map((p) => p.valLoss)),
    ],
    layout: {
      height: 560,
      margin: { l: 64, r: 16, t: 32, b: 48 },
      dragmode: false,
      hovermode: "x unified",
      hoversubplots: "axis",
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      xaxis: {
        title: { text: "Epoch" },
        anchor: "y2",
        range: [0.5, Math.max(1, epochs.length) + 0.5],
        // Left to itself, Plotly marks half epochs where there are few.
        ...(epochs.length <= 10 ? { dtick: 1 } : {}),
        showgrid: false,
        showline: true,
        zeroline: false,
        unifiedhovertitle: { text: "Epoch %{x}" },
      },
      yaxis: panel("Accuracy", [0.54, 1], { ticksuffix: " %" }),
      yaxis2: panel("Loss", [0, 0.46], { rangemode: "tozero" }),
    },
    text: history.map(inWords).join("\n"),
  };
}

const TRAINING = {
  line: { color: BLUE, dash: "dot" },
  marker: { color: BLUE, symbol: "circle", size: 7 },
};

const VALIDATION = {
  line: { color: VERMILION },
  marker: { color: VERMILION, symbol: "diamond", size: 8 },
};

function panel(
  title: string,
  domain: [number, number],
  extra: { [attribute: string]: Json },
) {
  return { title: { text: title }, domain, zeroline: false, ...extra };
}

function inWords(point: HistoryPoint): string {
  return `Epoch ${point.epoch}: ` +
    `accuracy ${percent(point.trainAccuracy)} in training, ` +
    `${percent(point.valAccuracy)} in validation; ` +
    `loss ${point.trainLoss.toFixed(4)} in training, ` +
    `${point.valLoss.toFixed(4)} in validation`;
}
