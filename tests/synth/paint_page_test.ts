import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
} from "@std/assert";
import type { RgbImage } from "@lib/image/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import {
  type Ink,
  type PageLook,
  type PageText,
  paintPage,
} from "@lib/synth/mod.ts";

const TEXT: PageText = {
  width: 60,
  height: 40,
  rows: [],
  digitHeight: 10,
  rowPitch: 10,
  tilt: 0,
};
/** No ink but a bar of 20 columns. */
const INK: Ink = {
  width: 60,
  height: 40,
  data: Float32Array.from({ length: 2400 }, (_, i) => i % 60 < 20 ? 1 : 0),
};
const LOOK: PageLook = {
  paper: [200, 190, 180],
  ink: [20, 30, 40],
  shade: 0,
  vignette: 0,
  shadow: 0,
  specks: 0,
  blur: 0,
  grain: 0,
};

const paint = (
  look: Partial<PageLook>,
  text: Partial<PageText> = {},
  seed = 5,
) =>
  paintPage(
    { ...TEXT, ...text },
    INK,
    { ...LOOK, ...look },
    createRandom(seed),
  );

const pixel = ({ width, data }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

Deno.test("paintPage() gives paper and ink their colors", () => {
  const page = paint({});
  assertEquals(pixel(page, 10, 20), [20, 30, 40]);
  assertEquals(pixel(page, 40, 20), [200, 190, 180]);
});

Deno.test("paintPage() prints lines under the rows, and squares across", () => {
  const ruling = { color: [100, 110, 120] as const, pitch: 20, squared: false };
  const lined = paint({ ruling }, { rows: ["1"] });
  // The base line is at 25: half of 40 + 10. Ink covers lines.
  const rows = (x: number, page: RgbImage) =>
    [...Array(40).keys()].filter((y) => pixel(page, x, y)[0]! < 180);
  assertEquals(rows(45, lined), [5, 25]);
  assertEquals(pixel(lined, 10, 25), [20, 30, 40]);
  const squared = paint({ ruling: { ...ruling, squared: true } }, {
    rows: ["1"],
  });
  assertEquals(rows(45, squared), [5, 25]);
  assertEquals(rows(50, squared).length, 40); // 20 from the middle
});

Deno.test("paintPage() takes light away by shade, vignette and shadow", () => {
  for (const name of ["shade", "vignette", "shadow"] as const) {
    const { data } = paint({ [name]: 0.5 });
    const reds = data.filter((_, i) => i % 3 === 0 && i % 180 >= 60);
    const brightest = reds.reduce((a, b) => Math.max(a, b));
    const darkest = reds.reduce((a, b) => Math.min(a, b));
    assert(brightest <= 200 && brightest > 170, `${name} leaves ${brightest}`);
    assert(darkest >= 98 && darkest < 150, `${name} takes ${darkest}`);
  }
});

Deno.test("paintPage() softens edges by the blur", () => {
  const page = paint({ blur: 2 });
  // A Gaussian's share beyond 0.5 and 2.5 of 2 pixels: 40 % and 11 %.
  assertAlmostEquals(pixel(page, 19, 20)[0]!, 92, 2); // half a pixel inside
  assertAlmostEquals(pixel(page, 22, 20)[0]!, 181, 2); // 2.5 pixels outside
  assertAlmostEquals(pixel(page, 30, 20)[0]!, 200, 1);
});

Deno.test("paintPage() grains by the given deviation", () => {
  const { data } = paint({ grain: 6 });
  const greens = [...data.filter((_, i) => i % 3 === 1 && i % 180 >= 60)];
  const mean = greens.reduce((sum, level) => sum + level, 0) / greens.length;
  const variance = greens.reduce((sum, level) => sum + (level - mean) ** 2, 0) /
    greens.length;
  assertEquals(greens.length, 1600);
  // 4 standard errors: 6/√1600 for the mean, 6/√3200 for the deviation.
  assertAlmostEquals(mean, 190, 0.6);
  assertAlmostEquals(Math.sqrt(variance), 6, 0.45);
});

Deno.test("paintPage() drops specks on the paper", () => {
  const plain = paint({});
  const dirty = paint({ specks: 10 });
  const changed =
    dirty.data.filter((level, i) => level !== plain.data[i]).length;
  assert(changed >= 3 * 5 && changed <= 3 * 30, `${changed} levels changed`);
  assert(INK.data.every((value) => value === 0 || value === 1), "ink is kept");
});

Deno.test("paintPage() prints lines as thick and as low as told", () => {
  const ruling = {
    ...{ color: [100, 110, 120] as const, pitch: 20, squared: false },
    ...{ offset: 4, thickness: 3 },
  };
  const page = paint({ ruling }, { rows: ["1"] });
  const rows = [...Array(40).keys()].filter((y) =>
    pixel(page, 45, y)[0]! < 150
  );
  assertEquals(rows, [8, 9, 10, 28, 29, 30]); // around 25 + 4 and 20 above
});

Deno.test("paintPage() roughens the paper by the given deviation", () => {
  const { data } = paint({ texture: 5 });
  const greens = [...data.filter((_, i) => i % 3 === 1 && i % 180 >= 60)];
  const mean = greens.reduce((sum, level) => sum + level, 0) / greens.length;
  const variance = greens.reduce((sum, level) => sum + (level - mean) ** 2, 0) /
    greens.length;
  // Few points of a fiber make 1,600 pixels: some 40 of the coarse ones.
  assertAlmostEquals(Math.sqrt(variance), 5, 1.5);
  assertEquals(pixel(paint({ texture: 5 }), 10, 20), [20, 30, 40]);
});

Deno.test("paintPage() shows the part of the page between the corners", () => {
  const half = [[0, 0], [0.5, 0], [0.5, 1], [0, 1]] as const;
  const page = paint({ corners: half });
  // The bar of 20 columns fills 40, as 30 columns fill 60.
  assertEquals(pixel(page, 37, 20), [20, 30, 40]);
  assertEquals(pixel(page, 43, 20), [200, 190, 180]);
  const whole = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;
  assertEquals(paint({ corners: whole }), paint({}));
  // Nearer at the top: the bar is wider there than at the bottom.
  const tilted = paint({ corners: [[0, 0], [0.5, 0], [1, 1], [0, 1]] });
  assertEquals(pixel(tilted, 30, 2), [20, 30, 40]);
  assertEquals(pixel(tilted, 30, 37), [200, 190, 180]);
});

Deno.test("paintPage() paints the same with the same seed only", () => {
  const look = { shade: 0.3, shadow: 0.2, grain: 3, specks: 4, blur: 1 };
  assertEquals(paint(look), paint(look));
  assertNotEquals(paint(look), paint(look, {}, 6));
});
