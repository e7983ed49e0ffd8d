/**
 * `deno task test:hostile`: input that attacks, as much of it as two minutes
 * allow. Of 2,400 damaged files 2,000 are pictures, the others IDX, gzip, models
 * and labels, in turn.
 */

import { deflateSync } from "node:zlib";
import { assert, assertEquals } from "@std/assert";
import { encodeWebp } from "@lib/image/mod.ts";
import {
  ascii,
  big,
  bmp,
  join,
  jpeg,
  pngChunk,
  tiff,
} from "../image/picture_bytes.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { runRecognize } from "./_recognize.ts";
import { runBatches } from "./_run_batches.ts";

const NEEDS = { read: ["data", "tests"], write: [TMP], run: true };
const SEED = 20_261_125;

testThatNeeds(
  NEEDS,
  "Each of 2,400 damaged files ends with an answer or a sentence",
  async () => {
    const { answers, refused } = await runBatches(SEED, 2400, 2);
    assert(answers > 240 && refused > 480, `${answers} and ${refused}`);
  },
);

/** Pixels of a side of the largest picture that is allowed. */
const SIDE = 10_000;

/** A JPEG of one gray, which takes a few bits a block. */
function largeJpeg(side: number, scans: number): Uint8Array {
  const whole = jpeg({ levels: [128], progressive: scans > 1 });
  const at = (second: number) =>
    whole.findIndex((byte, i) => byte === 0xff && whole[i + 1] === second);
  whole.set(big(2, side, side), at(scans > 1 ? 0xc2 : 0xc0) + 5);
  const blocks = Math.ceil(side / 8) ** 2;
  // A mean as before: 0000, and in a baseline block an end: 0.
  const first = new Uint8Array(Math.ceil(blocks * 5 / 8));
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0];
  const more = new Uint8Array(Math.ceil(blocks / 8)); // an end, again and again
  return join(
    whole.subarray(0, at(0xda) + 10),
    first,
    ...Array.from({ length: scans - 1 }).flatMap(() => [scan, more]),
    [0xff, 0xd9],
  );
}

/** The costliest pictures that pass, each with what it is. */
const LARGEST: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
  "100 megapixels of PNG": () =>
    join(
      [0x89, ...ascii("PNG\r\n\x1a\n")],
      pngChunk("IHDR", [...big(4, SIDE, SIDE), 8, 6, 0, 0, 0]),
      pngChunk(
        "IDAT",
        deflateSync(new Uint8Array(SIDE * (1 + 4 * SIDE)), { level: 1 }),
      ),
      pngChunk("IEND", []),
    ),
  "100 megapixels of JPEG": () => largeJpeg(SIDE, 1),
  "a JPEG of 25 megapixels in 80 scans": () => largeJpeg(SIDE / 2, 80),
  "100 megapixels of BMP": () =>
    join(
      bmp({
        width: SIDE,
        height: SIDE,
        depth: 1,
        palette: [0, 0, 0, 0, 255, 255, 255, 0],
        rows: [],
      }),
      new Uint8Array(SIDE * Math.ceil(SIDE / 32) * 4),
    ),
  "100 megapixels of TIFF": () =>
    tiff(
      {
        256: [SIDE],
        257: [SIDE],
        258: [8, 8, 8],
        259: [8],
        262: [2],
        277: [3],
        278: [SIDE / 10],
      },
      new Array(10).fill(deflateSync(new Uint8Array(SIDE * SIDE * 3 / 10))),
    ),
  "100 megapixels of WebP": () =>
    encodeWebp(
      { width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE * 3) },
      50,
    ),
};

for (const [what, make] of Object.entries(LARGEST)) {
  testThatNeeds(
    NEEDS,
    `deno task recognize reads ${what} in 10 s and 1 GB`,
    () =>
      withTempFolder(async (folder) => {
        const path = `${folder}/large`;
        await Deno.writeFile(path, await make());
        const { code, out, err, peak, cpu } = await runRecognize(path);
        assertEquals([code, out, err], [
          0,
          [`No digits found in ${path}`],
          [],
        ]);
        assert(peak < 1e9, `${peak} bytes`);
        assert(cpu < 10_000, `${cpu} ms`);
      }),
  );
}
