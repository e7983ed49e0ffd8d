/**
 * Folding batch norm, and all that is a scale and a shift, into weights.
 *
 * @module
 */

import type { Affine, Convolution, Dense, Step } from "./_steps.ts";

/**
 * Moves each affine step into the weights before it or, where something that is
 * not linear lies between, into those behind it. It goes past what does not
 * mind. One that finds no place stays: a shift cannot go into a convolution that
 * lays zeros around the plane, as those are not shifted.
 *
 * @returns New steps that give the same but for rounding.
 */
export function fold(steps: readonly Step[]): Step[] {
  let folded = [...steps];
  for (let index = 0; index < folded.length;) {
    const next = foldAt(folded, index);
    // What was folded may have moved the next affine step nearer to weights.
    index = next ? 0 : index + 1;
    folded = next ?? folded;
  }
  return folded;
}

/** The steps without that one, where it is affine and finds a place. */
function foldAt(steps: readonly Step[], index: number): Step[] | undefined {
  const affine = steps[index]!;
  if (affine.kind !== "affine") return undefined;
  for (
    const [direction, absorb] of [[-1, afterStep], [1, beforeStep]] as const
  ) {
    let at = index + direction;
    let moved: Affine | undefined = affine;
    while (moved && at >= 0 && at < steps.length) {
      const absorbed = absorb(steps[at]!, moved);
      if (absorbed) {
        return steps.with(at, absorbed).toSpliced(index, 1);
      }
      moved = passed(steps[at]!, moved, direction);
      at += direction;
    }
  }
  return undefined;
}

/** The affine step on the other side of a step, where that makes no difference. */
function passed(
  step: Step,
  affine: Affine,
  direction: -1 | 1,
): Affine | undefined {
  switch (step.kind) {
    case "averagePool":
    case "globalAveragePool":
    case "meanOfViews":
      return affine;
    case "maxPool":
    case "globalMaxPool":
      // The greatest stays the greatest.
      return affine.scale.every((scale) => scale >= 0) ? affine : undefined;
    case "flatten": {
      const { area } = step;
      if (direction < 0 && area > 1) return undefined;
      const repeated = (values: Float64Array) =>
        Float64Array.from(
          { length: values.length * area },
          (_, i) => values[Math.floor(i / area)]!,
        );
      return {
        kind: "affine",
        scale: repeated(affine.scale),
        shift: repeated(affine.shift),
        flat: direction > 0,
      };
    }
    default:
      return undefined;
  }
}

/** A step that does what an affine step behind it did as well. */
function afterStep(
  step: Step,
  { scale, shift }: Affine,
): Convolution | Dense | Affine | undefined {
  const shifted = (bias: Float64Array) =>
    bias.map((value, i) => value * scale[i]! + shift[i]!);
  switch (step.kind) {
    case "convolution": {
      const size = step.filter.length / scale.length;
      return {
        ...step,
        filter: step.filter.map((w, i) => w * scale[Math.floor(i / size)]!),
        bias: shifted(step.bias),
      };
    }
    case "dense":
      return {
        ...step,
        weights: step.weights.map((w, i) => w * scale[i % scale.length]!),
        bias: shifted(step.bias),
      };
    case "affine":
      return {
        ...step,
        scale: step.scale.map((value, i) => value * scale[i]!),
        shift: shifted(step.shift),
      };
    default:
      return undefined;
  }
}

/** A step that does what an affine step before it did as well. */
function beforeStep(
  step: Step,
  { scale, shift }: Affine,
): Convolution | Dense | undefined {
  if (step.kind === "dense") {
    const outputs = step.bias.length;
    const input = (i: number) => Math.floor(i / outputs);
    const bias = step.bias.slice();
    step.weights.forEach((w, i) => bias[i % outputs]! += w * shift[input(i)]!);
    const weights = step.weights.map((w, i) => w * scale[input(i)]!);
    return { ...step, weights, bias };
  }
  if (step.kind === "convolution") {
    const padded = step.pads.some((pad) => pad > 0);
    if (padded && shift.some((value) => value !== 0)) return undefined;
    const area = step.kernel[0] * step.kernel[1];
    const input = (i: number) => Math.floor(i / area) % step.inChannels;
    const size = area * step.inChannels;
    const bias = step.bias.slice();
    step.filter.forEach((w, i) =>
      bias[Math.floor(i / size)]! += w * shift[input(i)]!
    );
    const filter = step.filter.map((w, i) => w * scale[input(i)]!);
    return { ...step, filter, bias };
  }
  return undefined;
}
