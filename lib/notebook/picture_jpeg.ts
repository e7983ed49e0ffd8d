/** Pictures as a page shows them. @module */

import {
  encodeJpeg,
  type GrayImage,
  resize,
  type RgbImage,
} from "../image/mod.ts";

/** A picture, shown at its own size or, where it is large, smaller. */
export type Picture = GrayImage | RgbImage;

/** Most pixels across that a notebook has room for, and down. */
const WIDTH = 700;
const HEIGHT = 560;

/** Of the JPEG, 1…100: what it leaves out is not seen. */
const QUALITY = 85;

/** A picture as a JPEG file of at most 700×560 pixels, of its proportions. */
export async function pictureJpeg(picture: Picture): Promise<Uint8Array> {
  return await encodeJpeg(fitPicture(picture), QUALITY);
}

/**
 * A picture in color, made smaller where it is larger than a page.
 *
 * @returns At most 700×560, of the same proportions.
 *
 * @example A wide gray picture
 * ```ts
 * import { fitPicture } from "./picture_jpeg.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const gray = { width: 1400, height: 20, data: new Uint8Array(28000) };
 * const { width, height, data } = fitPicture(gray);
 * assertEquals([width, height, data.length], [700, 10, 21000]);
 * ```
 */
export function fitPicture(picture: Picture): RgbImage {
  const { width, height } = picture;
  const scale = Math.min(1, WIDTH / width, HEIGHT / height);
  const side = (length: number) => Math.max(1, Math.round(scale * length));
  const channels = channelsOf(picture).map((channel) =>
    scale === 1 ? channel : resize(channel, side(width), side(height))
  );
  const fitted = channels[0]!;
  const data = new Uint8Array(3 * fitted.data.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = channels[i % channels.length]!.data[Math.floor(i / 3)]!;
  }
  return { width: fitted.width, height: fitted.height, data };
}

/** One of a gray picture, three of one in color. */
function channelsOf({ width, height, data }: Picture): GrayImage[] {
  const pixels = width * height;
  const count = data.length / pixels;
  return Array.from({ length: count }, (_, channel) => ({
    width,
    height,
    data: Uint8Array.from(
      { length: pixels },
      (_, i) => data[count * i + channel]!,
    ),
  }));
}
