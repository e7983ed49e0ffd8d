/**
 * Whole files of every format and kind, to be damaged.
 *
 * @module
 */

import { deflateSync } from "node:zlib";
import { encodeJpeg, encodeWebp, type RgbImage } from "@lib/image/mod.ts";
import {
  bmp,
  join,
  jpeg,
  little,
  png,
  pngChunk,
  tiff,
  withSegment,
} from "../image/picture_bytes.ts";

/** A picture that is small and has something to read: bars like 1 and 7. */
const WIDTH = 96;
const HEIGHT = 48;

function isInk(x: number, y: number): boolean {
  const inRow = y >= 10 && y < 38;
  return inRow && (
    (x >= 20 && x < 25) ||
    (x >= 40 && x < 62 && y < 15) ||
    Math.abs(x - 62 + (y - 10) * 0.6) < 3 ||
    (x >= 75 && x < 80)
  );
}

function grays(): number[][] {
  return Array.from(
    { length: HEIGHT },
    (_, y) =>
      Array.from(
        { length: WIDTH },
        (_, x) => isInk(x, y) ? 30 : 225 + (x * 7 + y * 3) % 9,
      ),
  );
}

function rgb(): RgbImage {
  const data = Uint8Array.from(
    grays().flat().flatMap((gray) => [gray, gray, Math.min(255, gray + 20)]),
  );
  return { width: WIDTH, height: HEIGHT, data };
}

/** Packs rows of samples, the most significant bits first. */
function pack(row: number[], depth: number): number[] {
  const bits = row.map((sample) => sample.toString(2).padStart(depth, "0"))
    .join("");
  return bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, "0"), 2));
}

const ink1 = () => grays().map((row) => row.map((v) => v > 128 ? 1 : 0));

function pngs(): Record<string, Uint8Array> {
  const size = { width: WIDTH, height: HEIGHT };
  const rows = grays();
  const plain = (depth: number, colorType: number, of: number[][]) =>
    png({ ...size, depth, colorType, rows: of.map((r, y) => [y % 5, ...r]) });
  const each = (samples: (gray: number) => number[]) =>
    rows.map((row) => row.flatMap(samples));
  return {
    "gray.png": plain(8, 0, rows),
    "gray1.png": plain(1, 0, ink1().map((row) => pack(row, 1))),
    "rgb.png": plain(8, 2, each((v) => [v, v, v])),
    "rgb16.png": plain(16, 2, each((v) => [v, 1, v, 2, v, 3])),
    "alpha.png": plain(8, 6, each((v) => [0, 0, 0, 255 - v])),
    "gray_alpha.png": plain(8, 4, each((v) => [v, 200])),
    "palette.png": png({
      ...size,
      depth: 2,
      colorType: 3,
      chunks: [
        pngChunk("PLTE", [0, 0, 0, 250, 250, 240, 9, 9, 9]),
        pngChunk("tRNS", [255, 9]),
        pngChunk("eXIf", tiff({ 274: [6] })),
        pngChunk("zTXt", [65, 0, 0, ...deflateSync(new Uint8Array(99))]),
      ],
      rows: ink1().map((row) => [0, ...pack(row, 2)]),
    }),
    "interlaced.png": png({
      width: 3,
      height: 3,
      depth: 4,
      colorType: 0,
      interlaced: true,
      rows: [[0, 0], [0, 32], [0, 104], [0, 16], [0, 112], [0, 52, 80]],
    }),
  };
}

function bmps(): Record<string, Uint8Array> {
  const size = { width: WIDTH, height: HEIGHT };
  const palette = [0, 0, 0, 0, 255, 250, 240, 0];
  const each = (samples: (gray: number) => number[]) =>
    grays().map((row) => row.flatMap(samples)).reverse();
  return {
    "24.bmp": bmp({ ...size, depth: 24, rows: each((v) => [v, v, v]) }),
    "32.bmp": bmp({ ...size, depth: 32, rows: each((v) => [v, v, v, 0]) }),
    "16.bmp": bmp({
      ...size,
      depth: 16,
      compression: 3,
      header: little(4, 0xf800, 0x07e0, 0x001f),
      rows: each((v) => [v, v]),
    }),
    "8.bmp": bmp({
      ...size,
      height: -HEIGHT,
      depth: 8,
      palette,
      rows: ink1(),
    }),
    "1.bmp": bmp({
      ...size,
      depth: 1,
      palette,
      rows: ink1().map((row) => pack(row, 1)),
    }),
  };
}

function tiffs(): Record<string, Uint8Array> {
  const tags = (depths: number[], photometric: number) => ({
    256: [WIDTH],
    257: [HEIGHT],
    258: depths,
    262: [photometric],
    277: [depths.length],
  });
  const bytes = grays().flat();
  const halves = [
    bytes.slice(0, bytes.length / 2),
    bytes.slice(bytes.length / 2),
  ];
  const eight = [8, 8, 8];
  const color = bytes.flatMap((v) => [v, v, v]);
  const packed = bytes.flatMap((v) => [0, v]); // runs of one byte
  const lzw = pack(bytes.flatMap((v, i) => i % 200 ? [v] : [256, v]), 9);
  const map = new Array(48).fill(0).map((_, i) => i % 16 ? 60_000 : 300);
  const quarter = Array.from(
    { length: 16 * 16 },
    (_, i) => isInk(16 + i % 16, i >> 4) ? 0 : 250,
  );
  return {
    "gray.tif": tiff({ ...tags([8], 1), 278: [HEIGHT / 2] }, halves),
    "deflate.tif": tiff({ ...tags(eight, 2), 259: [8], 317: [2] }, [
      deflateSync(Uint8Array.from(color)),
    ]),
    "lzw.tif": tiff({ ...tags([8], 0), 259: [5] }, [lzw]),
    "packbits.tif": tiff({ ...tags([8], 1), 259: [32773], 274: [8] }, [packed]),
    "planar.tif": tiff({ ...tags(eight, 2), 284: [2] }, [bytes, bytes, bytes], {
      bigEndian: true,
    }),
    "tiles.tif": tiff(
      { ...tags([8], 1), 322: [16], 323: [16] },
      new Array(18).fill(quarter),
      { tiled: true },
    ),
    "palette.tif": tiff({ ...tags([4], 3), 320: map }, [
      pack(ink1().flat(), 4),
    ]),
    "deep.tif": tiff(tags([16], 1), [bytes.flatMap((v) => [v, v])]),
    "alpha.tif": tiff({ ...tags([8, 8], 1), 338: [1] }, [
      bytes.flatMap((v) => [v >> 1, 128]),
    ]),
    "cmyk.tif": tiff(tags([8, 8, 8, 8], 5), [
      bytes.flatMap((v) => [9, 9, 9, 255 - v]),
    ]),
  };
}

/** JPEG and WebP of more kinds than the project writes. */
async function encoded(): Promise<Record<string, Uint8Array>> {
  const image = rgb();
  const rgba = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    rgba.set([...image.data.subarray(3 * i, 3 * i + 3), 255 - i % 50], 4 * i);
  }
  const data = new ImageData(rgba, WIDTH, HEIGHT);
  const jpegCodec = await import("@jsquash/jpeg/encode.js");
  const jpegWasm = await import(
    "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm",
    { with: { type: "bytes" } }
  );
  // Its types leave out the module, which as bytes needs no read permission.
  const start = jpegCodec.init as (module: WebAssembly.Module) => unknown;
  await start(new WebAssembly.Module(jpegWasm.default));
  const asJpeg = async (options: object) =>
    new Uint8Array(await jpegCodec.default(data, options));
  const webp = await encodeWebp(image, 80);
  // The codec that encodeWebp() has started.
  const webpCodec = await import("@jsquash/webp/encode.js");
  const lossless = new Uint8Array(
    await webpCodec.default(data, { lossless: 1, exact: 1 }),
  );
  const alpha = new Uint8Array(await webpCodec.default(data, { quality: 70 }));
  const progressive = await asJpeg({ progressive: true });
  return {
    "baseline.jpg": await encodeJpeg(image, 80),
    "progressive.jpg": progressive,
    "sequential.jpg": await asJpeg({ progressive: false, chroma_subsample: 1 }),
    "exif.jpg": withSegment(
      progressive,
      0xe1,
      join([69, 120, 105, 102, 0, 0], tiff({ 274: [6] })),
    ),
    "cmyk.jpg": jpeg({ levels: [9, 99, 199, 0], adobe: 0 }),
    "cmyk_progressive.jpg": jpeg({
      levels: [9, 99, 199, 0],
      adobe: 2,
      progressive: true,
    }),
    "lossy.webp": webp,
    "lossless.webp": lossless,
    "alpha.webp": alpha,
  };
}

/** All of them by name; the same bytes each time. */
export async function startFiles(): Promise<[string, Uint8Array][]> {
  return Object.entries({
    ...pngs(),
    ...bmps(),
    ...tiffs(),
    ...await encoded(),
  });
}
