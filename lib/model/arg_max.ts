/** Which value of many is the greatest. @module */

/** The index of the greatest value, on ties the first. */
export function argMax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[best]!) best = i;
  }
  return best;
}
