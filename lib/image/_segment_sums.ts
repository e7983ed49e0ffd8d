/**
 * Sums along all steep segments of a band of rows at once: the fast Hough
 * transform.
 *
 * A segment of 2ⁿ rows is two of 2ⁿ⁻¹, so sums are shared between segments:
 * about four additions a pixel for all slopes of up to 12°, instead of one for
 * each slope.
 * Source: M. L. Brady, "A fast discrete approximation algorithm for the Radon
 * transform", SIAM Journal on Computing 27 (1998).
 *
 * @module
 */

/** Sums over the segments of one band. */
export interface SegmentSums {
  /** Columns that a segment moves to the right on its way down: -most…most. */
  most: number;
  /** Length of a row of `sums`. */
  width: number;
  /** [2 · most + 1, width], by the move and the column that they start at. */
  sums: Int16Array;
}

/**
 * @param values Row-major, `width` columns, at most 127 each way.
 * @param top The band's first row.
 * @param rows Of the band, a power of two, at most 256.
 * @param slope Columns a row that a segment may move at most.
 */
export function segmentSums(
  values: Int8Array,
  width: number,
  top: number,
  rows: number,
  slope: number,
): SegmentSums {
  let blocks = rows;
  let most = 0;
  let sums = Int16Array.from(
    values.subarray(top * width, (top + rows) * width),
  );
  while (blocks > 1) {
    blocks /= 2;
    const wider = Math.ceil(slope * (rows / blocks));
    const count = 2 * wider + 1;
    const joined = new Int16Array(blocks * count * width);
    for (let block = 0; block < blocks; block++) {
      for (let move = -wider; move <= wider; move++) {
        const half = Math.max(-most, Math.min(most, Math.trunc(move / 2)));
        const upper = (2 * block * (2 * most + 1) + half + most) * width;
        const lower = upper + (2 * most + 1) * width;
        const to = (block * count + move + wider) * width;
        // The lower half starts where the upper one has ended.
        const shift = move - half;
        const from = Math.max(0, -shift);
        const end = Math.min(width, width - shift);
        for (let x = from; x < end; x++) {
          joined[to + x] = sums[upper + x]! + sums[lower + x + shift]!;
        }
      }
    }
    sums = joined;
    most = wider;
  }
  return { most, width, sums };
}
