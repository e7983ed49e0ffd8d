/**
 * Takes the color off a picture so that ink stays visible.
 *
 * Yellow on white, or red on blue that is as bright, is lost in luma, and clear
 * in a channel of its own. Where luma has contrast it is the better choice: it
 * is the least noisy, and shadows are the same in it as in every channel.
 *
 * @module
 */

import { close } from "./close.ts";
import { dilate, erode } from "./dilate.ts";
import type { GrayImage } from "./gray_image.ts";
import { histogram } from "./histogram.ts";
import { median } from "./median.ts";
import type { RgbImage } from "./rgb_image.ts";
import { toGray } from "./to_gray.ts";

/** Pixels of the sample that contrast is measured on. */
const SAMPLE_AREA = 40_000;

/** Widest stroke, as a part of the sample's shorter side. */
const STROKE = 1 / 8;

/** Part of the pixels that are taken for ink. */
const INK = 0.01;

/** Contrast in levels from which on luma is good enough. */
const ENOUGH = 60;

/** By how much better a channel must be. */
const BETTER = 2;

/**
 * Luma, or the channel in which ink stands out at least twice as far where it
 * barely does in luma.
 *
 * @returns A new picture of the same size: 0 is dark, 255 is light.
 *
 * @example Yellow on white is dark in blue
 * ```ts
 * import { contrastGray } from "./contrast_gray.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const data = new Uint8Array(81 * 3).fill(255);
 * for (let y = 2; y < 7; y++) data.set([255, 255, 60], 3 * (9 * y + 4));
 * const gray = contrastGray({ width: 9, height: 9, data });
 * assertEquals([gray.data[0], gray.data[9 * 4 + 4]], [255, 60]);
 * ```
 */
export function contrastGray(picture: RgbImage): GrayImage {
  const sample = takeSample(picture);
  const luma = contrastOf(toGray(sample));
  if (luma.levels >= ENOUGH) return toGray(picture);
  const channels = [0, 1, 2].map((channel) => {
    const { levels, noise } = contrastOf(channelOf(sample, channel));
    return { channel, levels, noise };
  });
  const clearness = (of: Contrast) => of.levels / (of.noise + 1);
  const best = channels.reduce((a, b) => clearness(b) > clearness(a) ? b : a);
  const isBetter = best.levels >= BETTER * luma.levels &&
    best.levels >= ENOUGH / 2 && clearness(best) >= clearness(luma);
  return isBetter ? channelOf(picture, best.channel) : toGray(picture);
}

/** Every so many pixels along and down. */
function takeSample({ width, height, data }: RgbImage): RgbImage {
  const step = Math.max(1, Math.floor(Math.sqrt(width * height / SAMPLE_AREA)));
  const columns = Math.ceil(width / step);
  const rows = Math.ceil(height / step);
  const sample = new Uint8Array(columns * rows * 3);
  let to = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const from = (y * width + x) * 3;
      sample[to++] = data[from]!;
      sample[to++] = data[from + 1]!;
      sample[to++] = data[from + 2]!;
    }
  }
  return { width: columns, height: rows, data: sample };
}

function channelOf(
  { width, height, data }: RgbImage,
  channel: number,
): GrayImage {
  const values = new Uint8Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = data[3 * i + channel]!;
  return { width, height, data: values };
}

interface Contrast {
  /** Between ink and paper, on the mean. */
  levels: number;
  /** Standard deviation of the paper. */
  noise: number;
}

/** The contrast of dark ink or of light ink, whichever is greater. */
function contrastOf(gray: GrayImage): Contrast {
  const side = Math.min(gray.width, gray.height);
  const size = Math.max(3, 2 * Math.round(side * STROKE / 2) + 1);
  const closed = close(gray, size);
  const opened = dilate(erode(gray, size), size);
  const dark = contrastBetween(closed, gray);
  const light = contrastBetween(gray, opened);
  return light.levels > dark.levels ? light : dark;
}

/** @param low Nowhere higher than `high`. */
function contrastBetween(high: GrayImage, low: GrayImage): Contrast {
  const data = high.data.map((value, i) => value - low.data[i]!);
  const counts = histogram({ ...high, data });
  const ground = median(counts);
  const distances = new Uint32Array(256);
  counts.forEach((count, value) =>
    distances[Math.abs(value - ground)]! += count
  );
  let left = Math.max(1, Math.round(INK * data.length));
  const most = left;
  let sum = 0;
  for (let value = 255; value >= 0 && left > 0; value--) {
    const count = Math.min(left, counts[value]!);
    sum += count * value;
    left -= count;
  }
  return { levels: sum / most - ground, noise: 1.4826 * median(distances) };
}
