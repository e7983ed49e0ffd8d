// @ts-check
/**
 * What is drawn, in units of a sheet that is the same on every screen.
 *
 * @module
 */

/** @typedef {[x: number, y: number]} Point */
/** @typedef {Point[]} Stroke */

/**
 * What of a canvas's context draws.
 *
 * @typedef {object} Context
 * @property {number} lineWidth
 * @property {string} lineCap
 * @property {string} lineJoin
 * @property {() => void} beginPath
 * @property {(x: number, y: number) => void} moveTo
 * @property {(x: number, y: number) => void} lineTo
 * @property {(cornerX: number, cornerY: number, x: number, y: number) => void} quadraticCurveTo
 * @property {() => void} stroke
 */

/** The sheet, in units. */
export const WIDTH = 720;
export const HEIGHT = 480;

/** Width of the pen, in units. */
export const PEN = 16;

/**
 * Draws strokes in the context's own colors; a stroke of one point is a dot.
 *
 * @param {Context} context Scaled to units.
 * @param {Stroke[]} strokes
 */
export function drawStrokes(context, strokes) {
  context.lineWidth = PEN;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(...at(stroke, 0));
    // A curve from middle to middle has no corners where the points are.
    for (let i = 1; i < stroke.length - 1; i++) {
      const [x, y] = at(stroke, i);
      const [nextX, nextY] = at(stroke, i + 1);
      context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    }
    context.lineTo(...at(stroke, stroke.length - 1));
    context.stroke();
  }
}

/**
 * @param {Stroke} stroke
 * @param {number} index
 * @returns {Point}
 */
function at(stroke, index) {
  return /** @type {Point} */ (stroke[index]);
}

/**
 * Adds a point, unless the pen has hardly moved.
 *
 * @param {Stroke} stroke Changed in place.
 * @param {Point} point
 */
export function addPoint(stroke, [x, y]) {
  const last = stroke.at(-1);
  if (last && Math.hypot(x - last[0], y - last[1]) < 1) return;
  stroke.push([
    Math.max(0, Math.min(WIDTH, x)),
    Math.max(0, Math.min(HEIGHT, y)),
  ]);
}

/**
 * Where a picture lies that is shown whole, in the middle of the sheet.
 *
 * @param {{ width: number, height: number }} size In pixels.
 * @returns {{ x: number, y: number, scale: number }} Its corner in units, and
 *   units a pixel.
 */
export function placePicture({ width, height }) {
  const scale = Math.min(WIDTH / width, HEIGHT / height);
  return {
    x: (WIDTH - width * scale) / 2,
    y: (HEIGHT - height * scale) / 2,
    scale,
  };
}
