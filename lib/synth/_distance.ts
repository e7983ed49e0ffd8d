/**
 * How far each point of a square is from what is set.
 *
 * Source: Felzenszwalb and Huttenlocher, "Distance transforms of sampled
 * functions", 2012: along each row, then along each column, the lower envelope
 * of one parabola a point.
 *
 * @module
 */

/** Stands for no distance at all; its square is far above any real one. */
const FAR = 1e12;

/**
 * Euclidean distances, in pixels, to the nearest point that is set.
 *
 * @param isSet Of `side * side` points, row-major: 1 where set, 0 elsewhere.
 */
export function distanceTo(isSet: Uint8Array, side: number): Float64Array {
  const squares = new Float64Array(isSet.length);
  for (let i = 0; i < isSet.length; i++) squares[i] = isSet[i] ? 0 : FAR;
  const room: Room = {
    line: new Float64Array(side),
    centers: new Int32Array(side),
    from: new Float64Array(side + 1),
  };
  for (let i = 0; i < side; i++) envelope(squares, i * side, 1, room);
  for (let i = 0; i < side; i++) envelope(squares, i, side, room);
  for (let i = 0; i < squares.length; i++) squares[i] = Math.sqrt(squares[i]!);
  return squares;
}

/** What one line after the other is worked on in. */
interface Room {
  line: Float64Array;
  /** Of the parabolas that are lowest somewhere. */
  centers: Int32Array;
  /** Where each begins to be. */
  from: Float64Array;
}

/** In place, along one line: the least of (x − q)² + values[q]. */
function envelope(
  values: Float64Array,
  start: number,
  step: number,
  { line, centers, from }: Room,
): void {
  const length = line.length;
  for (let i = 0; i < length; i++) line[i] = values[start + i * step]!;
  centers[0] = 0;
  from[0] = -Infinity;
  let last = 0;
  for (let q = 1; q < length; q++) {
    let meet = meeting(line, centers[last]!, q);
    while (meet <= from[last]!) meet = meeting(line, centers[--last]!, q);
    centers[++last] = q;
    from[last] = meet;
  }
  from[last + 1] = Infinity;
  for (let x = 0, k = 0; x < length; x++) {
    while (from[k + 1]! < x) k++;
    const p = centers[k]!;
    values[start + x * step] = (x - p) * (x - p) + line[p]!;
  }
}

/** Where the parabolas of p and q, further right, are equally low. */
function meeting(line: Float64Array, p: number, q: number): number {
  return (line[q]! + q * q - line[p]! - p * p) / (2 * (q - p));
}
