/**
 * `Mean` over the leading axes, as batch normalization takes it, and its
 * gradient. The shipped kernel transposes the whole tensor and then adds it up
 * in float32, which misses a mean of 1000 over 86,528 rows by 0.004; here it is
 * `Sum`, in float64, divided, and right to 8e-5. The shipped gradient multiplies
 * a tensor of ones, then divides; here the quotient is laid into each row.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { leadingAxes } from "./_leading_axes.ts";
import { replaceGradient } from "./_replace_gradient.ts";
import { allocate, heapView, runShipped } from "./_wasm_backend.ts";
import { sum, type SumAttrs } from "./sum.ts";

/** Averages `x` over `axis`; over axes that are not leading as shipped. */
export function mean(
  inputs: { x: tf.TensorInfo },
  attrs: SumAttrs,
  backend: BackendWasm,
): tf.TensorInfo {
  const { x } = inputs;
  const axes = leadingAxes(x.shape, attrs.axis);
  if (axes === undefined || x.dtype !== "float32") {
    return runShipped("Mean", backend, inputs, { ...attrs });
  }
  const result = sum(inputs, attrs, backend);
  const rows = tf.util.sizeFromShape(x.shape.slice(0, axes));
  const values = heapView(backend, result);
  for (let column = 0; column < values.length; column++) {
    values[column]! /= rows;
  }
  return result;
}

/** Attributes of `MeanGrad`. */
export interface MeanGradAttrs {
  /** Of what was averaged. */
  shape: number[];
}

/** Values of a block that is copied again and again: it stays in the L1. */
const BLOCK = 4096;

/**
 * `MeanGrad`.
 *
 * @param inputs `dy`, as many values as a row of `shape` has columns.
 * @returns A tensor of that shape, dy divided by the rows in each of them.
 */
export function meanGrad(
  { dy }: { dy: tf.TensorInfo },
  { shape }: MeanGradAttrs,
  backend: BackendWasm,
): tf.TensorInfo {
  const dx = allocate(backend, shape);
  const columns = tf.util.sizeFromShape(dy.shape);
  const to = heapView(backend, dx);
  const rows = to.length / columns;
  const from = heapView(backend, dy);
  for (let column = 0; column < columns; column++) {
    to[column] = from[column]! / rows;
  }
  const block = Math.max(1, Math.floor(BLOCK / columns)) * columns;
  for (let end = columns; end < to.length;) {
    const size = Math.min(end, block, to.length - end);
    to.copyWithin(end, 0, size);
    end += size;
  }
  return dx;
}

/** Makes `Mean` take its gradient from `MeanGrad` where the axes are leading. */
export function replaceMeanGradient(): void {
  replaceGradient(
    "Mean",
    ({ dy, saved: [x], attrs }) =>
      x!.size > 0 && x!.dtype === "float32" && dy.dtype === "float32" &&
      leadingAxes(x!.shape, attrs["axis"] as unknown as number[]) !== undefined,
    ({ dy, saved: [x] }) => ({
      x: () => tf.engine().runKernel("MeanGrad", { dy }, { shape: x!.shape }),
    }),
  );
}
