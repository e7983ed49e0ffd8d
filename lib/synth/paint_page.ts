/**
 * Gives a written page paper, light, and the faults of a camera.
 *
 * @module
 */

import type { RgbImage } from "../image/mod.ts";
import type { Random } from "../random/mod.ts";
import { gaussianBlur } from "./_gaussian_blur.ts";
import { normal } from "./_normal.ts";
import { paperTexture } from "./_paper_texture.ts";
import { type Corners, warp } from "./_warp.ts";
import type { Ink } from "./ink.ts";
import { firstBaseline, type PageText } from "./write_rows.ts";

export type { Corners };

/** Red, green, blue, 0…255 each. */
export type Color = readonly [red: number, green: number, blue: number];

/** Lines printed on paper. */
export interface Ruling {
  color: Color;
  /** Pixels from line to line. */
  pitch: number;
  /** Whether other lines cross them. */
  squared: boolean;
  /** Pixels that the lines lie lower than the rows; 0 where left out. */
  offset?: number;
  /** In pixels; a thirtieth of the pitch where left out. */
  thickness?: number;
}

/** How a page looks. */
export interface PageLook {
  paper: Color;
  ink: Color;
  /** Lines printed on the paper, one of them under each row. */
  ruling?: Ruling;
  /** Levels by which the paper's fibers vary; 0 where left out. */
  texture?: number;
  /** The part of the page that the camera sees; all of it where left out. */
  corners?: Corners;
  /** Part of the light that is lost from one side to the other, 0…1. */
  shade: number;
  /** Part of the light that is lost in all corners, 0…1. */
  vignette: number;
  /** Part of the light that is lost behind the edge of a shadow, 0…1. */
  shadow: number;
  /** How many specks of dirt there are. */
  specks: number;
  /** Standard deviation of the focus, in pixels; 0 for a drawing. */
  blur: number;
  /** Standard deviation of the camera's noise, in levels. */
  grain: number;
}

/**
 * Paints a page: paper, printed lines, ink, light, blur and grain.
 *
 * @param text What was written, as the printed lines lie under its rows.
 * @param ink As `writeRows()` gave it for the same text; left as it is.
 * @returns A new picture of the ink's size.
 *
 * @example A drawing: two colors, and what lies between them
 * ```ts
 * import { paintPage } from "./paint_page.ts";
 * import { createRandom } from "../random/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = { width: 3, height: 1, rows: [], digitHeight: 1, rowPitch: 1, tilt: 0 };
 * const ink = { width: 3, height: 1, data: Float32Array.of(0, 0.5, 1) };
 * const plain = { shade: 0, vignette: 0, shadow: 0, specks: 0, blur: 0, grain: 0 };
 * const { data } = paintPage(
 *   text,
 *   ink,
 *   { ...plain, paper: [255, 255, 255], ink: [0, 0, 55] },
 *   createRandom(7),
 * );
 * assertEquals([...data], [255, 255, 255, 128, 128, 155, 0, 0, 55]);
 * ```
 */
export function paintPage(
  text: PageText,
  ink: Ink,
  look: PageLook,
  random: Random,
): RgbImage {
  const { width, height } = ink;
  const seen = (plane: Float32Array) =>
    look.corners ? warp(plane, width, look.corners) : plane;
  const printed = look.ruling && seen(printLines(text, look.ruling));
  const covered = seen(addSpecks(ink, look.specks, random));
  const light = illuminate(ink, look, random);
  let grain: Float32Array | undefined;
  if (look.grain > 0) {
    grain = new Float32Array(light.length);
    for (let i = 0; i < grain.length; i++) {
      grain[i] = look.grain * normal(random);
    }
  }
  const texture = look.texture
    ? paperTexture(width, height, look.texture, random)
    : undefined;

  const data = new Uint8ClampedArray(width * height * 3);
  const levels = new Float32Array(width * height);
  for (let channel = 0; channel < 3; channel++) {
    const paper = look.paper[channel]!;
    const line = look.ruling?.color[channel] ?? 0;
    const inked = look.ink[channel]!;
    for (let i = 0; i < levels.length; i++) {
      let ground = paper;
      if (printed) ground += (line - paper) * printed[i]!;
      if (texture) ground += texture[i]!;
      levels[i] = light[i]! * (ground + (inked - ground) * covered[i]!);
    }
    if (look.blur > 0) gaussianBlur(levels, width, look.blur);
    for (let i = 0; i < levels.length; i++) {
      data[3 * i + channel] = grain ? levels[i]! + grain[i]! : levels[i]!;
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

/** How much of each pixel the printed lines cover. */
function printLines(
  text: PageText,
  { pitch, squared, offset = 0, thickness = pitch / 30 }: Ruling,
): Float32Array {
  const { width, height, tilt } = text;
  const printed = new Float32Array(width * height);
  const halfWidth = thickness / 2;
  const cover = (distance: number) => {
    const off = Math.abs(distance - pitch * Math.round(distance / pitch));
    return Math.max(0, Math.min(1, halfWidth + 0.5 - off));
  };
  const baseline = firstBaseline(text) + offset;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = x - width / 2;
      const along = cover(y - baseline - tilt * across);
      const down = squared ? cover(across + tilt * (y - baseline)) : 0;
      printed[y * width + x] = Math.max(along, down);
    }
  }
  return printed;
}

/** The ink, and dots of dirt of up to two pixels across. */
function addSpecks(ink: Ink, count: number, random: Random): Float32Array {
  const { width, height } = ink;
  const data = ink.data.slice();
  for (let speck = 0; speck < count; speck++) {
    const x = Math.floor(random.next() * (width - 1));
    const y = Math.floor(random.next() * (height - 1));
    const dark = 0.3 + 0.7 * random.next();
    for (const at of [y * width + x, y * width + x + 1, (y + 1) * width + x]) {
      data[at] = Math.max(data[at]!, dark);
      if (random.next() < 0.4) break;
    }
  }
  return data;
}

/** The part of the light that reaches each pixel. */
function illuminate(
  { width, height }: Ink,
  { shade, vignette, shadow }: PageLook,
  random: Random,
): Float32Array {
  const half = Math.hypot(width, height) / 2;
  const dark = 2 * Math.PI * random.next(); // to where it gets darker
  const edge = 2 * Math.PI * random.next(); // to where the shadow lies
  const light = new Float32Array(width * height).fill(1);
  if (shade === 0 && vignette === 0 && shadow === 0) return light;
  for (let row = 0; row < height; row++) {
    const y = (row - height / 2) / half;
    for (let column = 0; column < width; column++) {
      const x = (column - width / 2) / half;
      const away = (1 + x * Math.cos(dark) + y * Math.sin(dark)) / 2;
      const behind = x * Math.cos(edge) + y * Math.sin(edge) - 0.3;
      light[row * width + column] = (1 - shade * away) *
        (1 - vignette * (x * x + y * y)) *
        (1 - shadow / (1 + Math.exp(-behind / 0.08)));
    }
  }
  return light;
}
