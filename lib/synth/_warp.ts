/**
 * A page seen by a camera that does not look straight at it.
 *
 * Source: Heckbert, "Fundamentals of texture mapping and image warping", 1989:
 * the projective map of a square to a quadrilateral, in closed form.
 *
 * @module
 */

/** A point of the page, both in 0…1 of its sides. */
export type Point = readonly [x: number, y: number];

/** What comes to lie in the picture's corners. */
export type Corners = readonly [
  topLeft: Point,
  topRight: Point,
  bottomRight: Point,
  bottomLeft: Point,
];

/**
 * Spreads the quadrilateral between the corners over the whole picture.
 *
 * @param plane Row-major, `width` columns; left as it is.
 * @returns A new plane of the same size, interpolated linearly.
 */
export function warp(
  plane: Float32Array,
  width: number,
  corners: Corners,
): Float32Array {
  const height = plane.length / width;
  const { a, b, c, d, e, f, g, h } = projection(corners);
  const warped = new Float32Array(plane.length);
  for (let row = 0; row < height; row++) {
    const v = (row + 0.5) / height;
    for (let column = 0; column < width; column++) {
      const u = (column + 0.5) / width;
      const depth = g * u + h * v + 1;
      const x = width * (a * u + b * v + c) / depth - 0.5;
      const y = height * (d * u + e * v + f) / depth - 0.5;
      const left = Math.max(0, Math.min(width - 2, Math.floor(x)));
      const top = Math.max(0, Math.min(height - 2, Math.floor(y)));
      const right = x - left;
      const down = y - top;
      const at = top * width + left;
      warped[row * width + column] =
        (1 - down) * ((1 - right) * plane[at]! + right * plane[at + 1]!) +
        down * ((1 - right) * plane[at + width]! +
            right * plane[at + width + 1]!);
    }
  }
  return warped;
}

/** The map (au + bv + c, du + ev + f) / (gu + hv + 1) of the unit square. */
function projection(corners: Corners) {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const [dx1, dx2, sumX] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sumY] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (sumX * dy2 - dx2 * sumY) / area;
  const h = (dx1 * sumY - sumX * dy1) / area;
  return {
    a: x1 - x0 + g * x1,
    b: x3 - x0 + h * x3,
    c: x0,
    d: y1 - y0 + g * y1,
    e: y3 - y0 + h * y3,
    f: y0,
    g,
    h,
  };
}
