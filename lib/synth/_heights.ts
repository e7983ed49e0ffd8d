/** Gray levels as a smooth surface: cubic B-spline, uniform. @module */

/**
 * The surface along one line, before it is interpolated along x.
 *
 * @param pixels Square, `side` columns; 0 outside.
 * @param y Where the line runs; pixels are at whole numbers.
 * @param line Filled with `side` values, 0…255.
 */
export function heightLine(
  pixels: Uint8Array,
  side: number,
  y: number,
  line: Float64Array,
): void {
  line.fill(0);
  const row = Math.floor(y);
  const [a, b, c, d] = weights(y - row);
  for (const [i, weight] of [a, b, c, d].entries()) {
    const from = row - 1 + i;
    if (from < 0 || from >= side) continue;
    for (let x = 0; x < side; x++) {
      line[x]! += weight * pixels[from * side + x]!;
    }
  }
}

/** The surface at `x` of such a line, 0…1. */
export function heightAt(line: Float64Array, x: number): number {
  const column = Math.floor(x);
  if (column < -2 || column > line.length) return 0;
  const t = x - column;
  const s = 1 - t;
  let sum = 0;
  if (column >= 1) sum += s * s * s * line[column - 1]!;
  if (column >= 0 && column < line.length) {
    sum += (4 - 6 * t * t + 3 * t * t * t) * line[column]!;
  }
  if (column >= -1 && column + 1 < line.length) {
    sum += (4 - 6 * s * s + 3 * s * s * s) * line[column + 1]!;
  }
  if (column + 2 < line.length) sum += t * t * t * line[column + 2]!;
  return sum / 6 / 255;
}

/** What the four pixels around a point weigh, t in 0…1. */
function weights(t: number): [number, number, number, number] {
  const s = 1 - t;
  return [
    s * s * s / 6,
    (4 - 6 * t * t + 3 * t * t * t) / 6,
    (4 - 6 * s * s + 3 * s * s * s) / 6,
    t * t * t / 6,
  ];
}
