/**
 * `deno task vectors`: makes `data/vectors/preprocessing.json`, crops of digits
 * with the 28×28 pixels that the reader makes of them, the same bytes each time.
 *
 * Whoever prepares pictures for an exported model in another language checks
 * their code against them. No trained weights are in it.
 *
 * @module
 */

import {
  drawDigit,
  findComponents,
  type GrayImage,
  resize,
  unionComponent,
} from "../image/mod.ts";
import { loadSample } from "../mnist/mod.ts";
import { writeDigit } from "../synth/mod.ts";
import { projectPath } from "./user_path.ts";

/** Where they are kept. */
export const VECTORS = "data/vectors/preprocessing.json";

/** A crop of ink as it is to be made. */
interface Vector {
  name: string;
  /** 0 to 9; each is written after one digit of the sample. */
  digit: number;
  /** Side of the crop in pixels. */
  side: number;
  /** As of `DigitPlace`. */
  edge: number;
  slant?: number;
  /** Ink in the middle of the strokes, 0…255. */
  ink: number;
  /** Side that the crop is then scaled to, in pixels. */
  scaledTo?: number;
}

const CROPS: Vector[] = [
  { name: "0", digit: 0, side: 60, edge: 0.5, ink: 255 },
  { name: "1, slanted", digit: 1, side: 60, edge: 0.5, ink: 255, slant: 0.4 },
  { name: "2, faint", digit: 2, side: 56, edge: 0.5, ink: 70 },
  { name: "3, a thin pen", digit: 3, side: 84, edge: 0.85, ink: 255 },
  { name: "4, a thick pen", digit: 4, side: 60, edge: 0.15, ink: 255 },
  { name: "5, large", digit: 5, side: 112, edge: 0.5, ink: 200 },
  { name: "6, small", digit: 6, side: 56, edge: 0.5, ink: 255, scaledTo: 18 },
  { name: "7", digit: 7, side: 61, edge: 0.5, ink: 180 },
  {
    name: "8, thin and small",
    digit: 8,
    side: 90,
    edge: 0.8,
    ink: 220,
    scaledTo: 45,
  },
  { name: "9", digit: 9, side: 56, edge: 0.4, ink: 255 },
];

/**
 * @returns The text of the file: a list of `{ name, width, height, ink, digit
 *   }`, the last two bytes in Base64, row-major: [height, width] and [28, 28].
 */
export async function makeVectors(): Promise<string> {
  const sample = await loadSample();
  const lines = CROPS.map((vector) => {
    const at = sample.labels.indexOf(vector.digit) * 784;
    const crop = writeCrop(vector, sample.images.subarray(at, at + 784));
    const component = unionComponent(findComponents(crop));
    return JSON.stringify({
      name: vector.name,
      width: crop.width,
      height: crop.height,
      ink: crop.data.toBase64(),
      digit: drawDigit(crop, component).data.toBase64(),
    });
  });
  return `[\n${lines.join(",\n")}\n]\n`;
}

/** A square of ink, 0 paper. */
function writeCrop(
  { side, edge, slant = 0, ink, scaledTo }: Vector,
  pixels: Uint8Array,
): GrayImage {
  const page = {
    width: side,
    height: side,
    data: new Float32Array(side * side),
  };
  const middle = side / 2;
  writeDigit(page, pixels, {
    scale: side / 28,
    x: middle,
    y: middle,
    slant,
    edge,
  });
  const data = Uint8Array.from(page.data, (covered) => ink * covered);
  const crop = { width: side, height: side, data };
  return scaledTo === undefined ? crop : resize(crop, scaledTo, scaledTo);
}

if (import.meta.main) {
  const text = await makeVectors();
  await Deno.writeTextFile(projectPath(VECTORS), text);
  console.log(`${VECTORS}: ${text.length} bytes`);
}
