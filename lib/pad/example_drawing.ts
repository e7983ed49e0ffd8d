/**
 * A number as somebody might draw it on the pad.
 *
 * @module
 */

import type { RgbImage } from "../image/mod.ts";
import { drawStrokes, rounded, type Stroke } from "../synth/mod.ts";

/** What the drawing says. */
export const EXAMPLE_NUMBER = "5283";

/** Strokes of each digit, 90 px high. */
const DIGITS: Stroke[][] = [
  // deno-fmt-ignore
  [
    [
      [8, 3], [7, 12], [5, 26], [4, 39], [12, 34], [21, 33], [31, 36],
      [38, 43], [42, 52], [42, 62], [39, 72], [33, 81], [24, 87], [14, 90],
      [2, 86],
    ],
    [[8, 3], [22, 4], [42, 0]],
  ],
  // deno-fmt-ignore
  [
    [
      [1, 20], [4, 11], [10, 5], [18, 1], [27, 0], [36, 3], [42, 9], [45, 18],
      [43, 28], [38, 38], [31, 48], [22, 59], [13, 70], [5, 81], [1, 89],
      [8, 86], [16, 85], [26, 88], [36, 90], [48, 87],
    ],
  ],
  // deno-fmt-ignore
  [
    [
      [38, 12], [33, 5], [26, 1], [18, 0], [10, 4], [6, 11], [6, 19], [10, 27],
      [17, 34], [25, 41], [33, 49], [39, 58], [41, 67], [39, 77], [33, 85],
      [25, 89], [16, 89], [8, 84], [4, 76], [4, 67], [8, 58], [15, 50],
      [23, 42], [31, 34], [37, 25], [39, 16], [38, 12],
    ],
  ],
  // deno-fmt-ignore
  [
    [
      [3, 10], [10, 4], [18, 0], [27, 1], [34, 5], [38, 12], [37, 20],
      [32, 28], [25, 34], [16, 38], [25, 39], [33, 43], [39, 50], [42, 59],
      [41, 69], [36, 79], [28, 86], [18, 90], [3, 84],
    ],
  ],
];

const WIDTH = 720;
const HEIGHT = 320;
const SCALE = 2;
const PITCH = 140;

/** Black on white, 720×320 px. */
export function exampleDrawing(): RgbImage {
  const strokes = DIGITS.flatMap((digit, index) =>
    digit.map((stroke) =>
      rounded(stroke).map(([x, y]) =>
        [SCALE * x + PITCH * index, SCALE * y] as const
      )
    )
  );
  const ink = drawStrokes(strokes, 16);
  const data = new Uint8Array(3 * WIDTH * HEIGHT).fill(255);
  const left = (WIDTH - ink.width) >> 1;
  const top = (HEIGHT - ink.height) >> 1;
  ink.data.forEach((value, i) => {
    const x = left + i % ink.width;
    const y = top + Math.floor(i / ink.width);
    const at = 3 * (y * WIDTH + x);
    data.fill(255 - value, at, at + 3);
  });
  return { width: WIDTH, height: HEIGHT, data };
}
