/** Still pictures of figures, as `show()` adds them. */

import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { decodePicture, type RgbImage } from "@lib/image/mod.ts";
import { figurePng, mimeBundle } from "@lib/notebook/mod.ts";
import {
  confusionFigure,
  type Figure,
  galleryFigure,
  historyFigure,
} from "@lib/plot/mod.ts";

/** Ignored where jsdom may not read the environment, which it does. */
const { state } = Deno.permissions.querySync({ name: "env" });

/** jsdom keeps timers of its own from figure to figure. */
const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({
    name: state === "granted" ? name : `${name} (needs --allow-env)`,
    ignore: state !== "granted",
    fn,
    ...{ sanitizeOps: false, sanitizeResources: false },
  });

const draw = async (figure: Figure) => decodePicture(await figurePng(figure));

/** The share of pixels of about that color, in a part of the picture. */
function share(
  { width, height, data }: RgbImage,
  color: number[],
  [left, right] = [0, 1],
): number {
  let count = 0;
  let all = 0;
  for (let y = 0; y < height; y++) {
    for (let x = Math.floor(left * width); x < right * width; x++) {
      const at = 3 * (y * width + x);
      all++;
      const near = color.every((value, i) =>
        Math.abs(value - data[at + i]!) < 9
      );
      if (near) count++;
    }
  }
  return count / all;
}

const BLUE = [0, 114, 178];
const VERMILION = [213, 94, 0];
const POINT = {
  trainLoss: 1,
  trainAccuracy: 0.5,
  valLoss: 0.5,
  valAccuracy: 0.9,
};

test("figurePng() draws the curves, half again as large as on the screen", async () => {
  const picture = await draw(
    historyFigure([1, 2, 3].map((epoch) => ({ ...POINT, epoch }))),
  );
  assertEquals([picture.width, picture.height], [1050, 840]);
  for (const color of [BLUE, VERMILION]) {
    assertGreater(share(picture, color), 0.002);
  }
});

test("figurePng() draws the cells of a heat map", async () => {
  const matrix = Array.from(
    { length: 10 },
    (_, label) => Array.from({ length: 10 }, (_, i) => label === i ? 9 : 0),
  );
  const picture = await draw(confusionFigure(matrix));
  // Ten pale cells of a hundred, less their gaps, the margins and the words.
  assertAlmostEquals(share(picture, [207, 226, 239]), 0.077, 0.01);
});

test("figurePng() draws the tiles of a gallery with hard edges", async () => {
  const values = Uint8Array.from(
    { length: 784 },
    (_, i) => i % 28 < 14 ? 255 : 0,
  );
  const picture = await draw(
    galleryFigure([{ values, caption: "half" }], { title: "", columns: 1 }),
  );
  const [ink, paper] = [
    share(picture, [16, 16, 16]),
    share(picture, [251, 249, 244]),
  ];
  // Both halves of 28×28 in a sheet of 34×54.
  assertAlmostEquals(ink, 14 * 28 / (34 * 54), 0.01);
  assertAlmostEquals(paper, ink, 0.01);
});

test("figurePng() gives the same bytes again, and leaves the figure alone", async () => {
  const figure = historyFigure([{ ...POINT, epoch: 1 }]);
  const before = JSON.stringify(figure);
  const [first, second] = [await figurePng(figure), await figurePng(figure)];
  // Plotly names clip paths at random: only the pixels are compared.
  assertEquals(await decodePicture(first), await decodePicture(second));
  assertEquals(JSON.stringify(figure), before);
});

test("figurePng() writes words beside each other, not over each other", async () => {
  const picture = await draw(
    historyFigure([1, 2].map((epoch) => ({ ...POINT, epoch }))),
  );
  // Of the legend: two names of some pixels, with a gap of paper between.
  const strip = { ...picture, height: 54 };
  const columns = Array.from({ length: 500 }, (_, x) => {
    const range = [x / strip.width, (x + 1) / strip.width];
    return share(strip, [29, 33, 37], range as [number, number]) > 0;
  });
  const runs = columns.map((dark) => dark ? "#" : " ").join("").trim()
    .split(/ {20,}/);
  assertEquals(runs.length, 2);
});

test("mimeBundle() gives a figure in four formats, and its size", async () => {
  const figure = historyFigure([{ ...POINT, epoch: 1 }]);
  const { data, metadata } = await mimeBundle(figure);
  assertEquals(Object.keys(data).sort(), [
    "application/vnd.plotly.v1+json",
    "image/png",
    "text/html",
    "text/plain",
  ]);
  assertEquals(metadata, { "image/png": { width: 700, height: 560 } });
  const png = Uint8Array.fromBase64(data["image/png"] as string);
  assertEquals((await decodePicture(png)).width, 1050);
});
