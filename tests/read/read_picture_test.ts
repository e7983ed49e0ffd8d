import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { RgbImage } from "@lib/image/mod.ts";
import { type Classifier, type Reading, readPicture } from "@lib/read/mod.ts";
import { orientImage } from "@lib/image/mod.ts";
import { inkedColumns, ruled, sevenOrNone } from "./ruled.ts";

type Color = readonly [red: number, green: number, blue: number];
type Box = readonly [x: number, y: number, width: number, height: number];

const WHITE: Color = [250, 250, 245];
const BLACK: Color = [30, 30, 35];

/** A picture of one color with boxes of others. */
function picture(
  width: number,
  height: number,
  ground: Color,
  marks: (readonly [box: Box, color: Color])[] = [],
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  const fill = ([left, top, wide, high]: Box, color: Color) => {
    for (let y = top; y < top + high; y++) {
      for (let x = left; x < left + wide; x++) {
        data.set(color, (y * width + x) * 3);
      }
    }
  };
  fill([0, 0, width, height], ground);
  for (const [box, color] of marks) fill(box, color);
  return { width, height, data };
}

/** Calls what it is shown 0, 1, 2 … in order, each with probability 0.99. */
const counting: Classifier = (images, count) => {
  assertEquals(images.length, count * 28 * 28);
  const probabilities = new Float32Array(count * 10).fill(0.01 / 9);
  for (let i = 0; i < count; i++) probabilities[i * 10 + i % 10] = 0.99;
  return Promise.resolve(probabilities);
};

const none: Classifier = () => {
  throw new Error("there is nothing to classify");
};

const ROWS: Box[] = [
  [320, 42, 30, 60], // first row, third
  [60, 40, 10, 60], // first row, first
  [200, 36, 32, 64], // first row, second
  [70, 160, 34, 60], // second row
];

/** Edges are soft where a picture is scaled: by default within 2 px. */
function assertBox(
  actual: readonly number[],
  expected: readonly number[],
  tolerance = 2,
) {
  const isNear = actual.every((value, i) =>
    Math.abs(value - expected[i]!) <= tolerance
  );
  assert(isNear, `${actual} is not ${expected}, within ${tolerance}`);
}

Deno.test("readPicture() reads rows in order, with boxes and confidence", async () => {
  const page = picture(460, 280, WHITE, ROWS.map((box) => [box, BLACK]));
  const { text, confidence, lines } = await readPicture(page, counting);
  assertEquals(text, "012\n3");
  assertEquals(lines.map((line) => line.text), ["012", "3"]);
  // Paths that drop a digit have a small share as well.
  assertAlmostEquals(lines[0]!.confidence, 0.99 ** 3, 1e-3);
  assertAlmostEquals(confidence, 0.99 ** 4, 1e-3);
  const digits = lines.flatMap((line) => line.digits);
  assertEquals(digits.map(({ digit }) => digit), [0, 1, 2, 3]);
  for (const [i, row] of [1, 2, 0, 3].entries()) {
    assertBox(digits[i]!.box, ROWS[row]!);
  }
});

Deno.test("readPicture() gives boxes in pixels of the picture it was given", async () => {
  for (const scale of [0.25, 6]) {
    const marks = ROWS.map((
      box,
    ) => [
      box.map((value) => value * scale).map(Math.round),
      BLACK,
    ]) as unknown as [Box, Color][];
    const page = picture(460 * scale, 280 * scale, WHITE, marks);
    const { text, lines } = await readPicture(page, counting);
    assertEquals(text, "012\n3", `scale ${scale}`);
    for (const { box } of lines.flatMap((line) => line.digits)) {
      assert(box.every(Number.isInteger), `${box}`);
    }
    assertBox(lines[1]!.digits[0]!.box, marks[3]![0], 2 + scale);
  }
});

Deno.test("readPicture() reads light ink on dark ground, and colored ink", async () => {
  const pairs: [Color, Color][] = [
    [BLACK, WHITE],
    [WHITE, [40, 60, 190]],
    [WHITE, [190, 40, 40]],
    [[150, 140, 130], [90, 90, 100]],
    [[63, 127, 216], [216, 74, 63]], // as bright as each other
  ];
  for (const [ground, ink] of pairs) {
    const page = picture(460, 280, ground, ROWS.map((box) => [box, ink]));
    const { text } = await readPicture(page, counting);
    assertEquals(text, "012\n3", `${ink} on ${ground}`);
  }
});

Deno.test("readPicture() drops specks, a frame, and a finger", async () => {
  const page = picture(460, 280, WHITE, [
    ...ROWS.map((box) => [box, BLACK] as const),
    [[20, 16, 420, 5], BLACK],
    [[20, 250, 420, 5], BLACK],
    [[20, 16, 5, 239], BLACK],
    [[435, 16, 5, 239], BLACK],
    [[150, 200, 4, 4], BLACK],
    [[300, 180, 3, 5], BLACK],
    [[0, 100, 15, 80], [150, 90, 70]],
  ]);
  assertEquals((await readPicture(page, counting)).text, "012\n3");
});

Deno.test("readPicture() draws a digit as MNIST does: high ink, 20 px, centered", async () => {
  // A 7 of 28×28, white on black, that fills the middle 20×20.
  const page = picture(28, 28, [0, 0, 0], [
    [[4, 4, 20, 3], [255, 255, 255]],
    [[20, 4, 4, 20], [255, 255, 255]],
  ]);
  const shown: Float32Array[] = [];
  const { text, lines } = await readPicture(page, (images, count) => {
    // The whole comes first, pieces that it may be cut into later.
    shown.push(images);
    return counting(images, count);
  }, { length: 1 });
  const seen = shown[0]!.subarray(0, 28 * 28);
  assertEquals(text, "0");
  assertBox(lines[0]!.digits[0]!.box, [4, 4, 20, 20]);
  const rows = Array.from({ length: 28 }, (_, y) => {
    return seen.subarray(y * 28, (y + 1) * 28);
  });
  const isInked = (row: Float32Array) => row.some((value) => value > 0.1);
  assertEquals(rows.filter(isInked).length, 20);
  assert(seen.every((value) => value >= 0 && value <= 1));
  assert(seen.includes(1));
  // Its mass is up and on the right: so it stands lower and to the left.
  assert(rows.findIndex(isInked) > 4);
});

Deno.test("readPicture() reads a digit that the border cuts", async () => {
  const page = picture(460, 280, WHITE, [
    ...ROWS.map((box) => [box, BLACK] as const),
    [[440, 60, 20, 8], BLACK],
    [[428, 40, 12, 60], BLACK],
  ]);
  assertEquals((await readPicture(page, counting)).text, "0123\n4");
});

Deno.test("readPicture() reads one huge digit with a thick pen", async () => {
  const page = picture(300, 300, WHITE, [
    [[60, 20, 170, 40], BLACK],
    [[190, 20, 40, 260], BLACK],
  ]);
  const { text, lines } = await readPicture(page, counting);
  assertEquals(text, "0");
  assertBox(lines[0]!.digits[0]!.box, [60, 20, 170, 260]);
});

Deno.test("readPicture() of what holds no digit is empty and certain", async () => {
  const empty: Reading = { text: "", confidence: 1, turned: 0, lines: [] };
  const colors: Color[] = [[0, 0, 0], [255, 255, 255], [120, 130, 140]];
  for (const color of colors) {
    for (const [width, height] of [[1, 1], [28, 28], [400, 300], [500, 1]]) {
      const page = picture(width!, height!, color);
      assertEquals(await readPicture(page, none), empty, `${color} ${width}`);
    }
  }
  const edge = picture(400, 300, WHITE, [[[0, 0, 200, 300], BLACK]]);
  assertEquals(await readPicture(edge, none), empty);
});

Deno.test("readPicture() rejects a digit that is less probable than wanted", async () => {
  const marks = ROWS.map((box) => [box, BLACK] as const);
  const page = picture(460, 280, WHITE, marks);
  // Only the first one, a stem, is sure.
  const classify: Classifier = (images, count) => {
    const scores = new Float32Array(count * 10).fill(0.4 / 9);
    for (let i = 0; i < count; i++) {
      const columns = inkedColumns(images.subarray(i * 784, (i + 1) * 784));
      const own = scores.subarray(i * 10, (i + 1) * 10);
      own[columns < 7 ? 1 : 8] = 0.6;
      if (columns < 7) own.fill(0).fill(1, 1, 2);
    }
    return Promise.resolve(scores);
  };
  const texts: string[] = [];
  for (const minConfidence of [0, 0.9]) {
    const { text, lines } = await readPicture(page, classify, {
      minConfidence,
      length: 4,
    });
    texts.push(text);
    const digits = lines.flatMap((line) => line.digits);
    assertEquals(digits.map(({ digit }) => digit), [1, 8, 8, 8]);
    assertEquals(
      digits.map(({ rejected }) => rejected),
      digits.map(({ confidence }) => confidence < minConfidence),
    );
  }
  assertEquals(texts, ["188\n8", "1??\n?"]);
});

Deno.test("readPicture() turns a picture, and gives boxes of it as it came", async () => {
  const sevens: Box[] = [[40, 50, 60, 80], [140, 54, 60, 80]];
  const upright = picture(
    320,
    200,
    WHITE,
    sevens.flatMap(([x, y, width, height]): [Box, Color][] => [
      // Too thick to be cut.
      [[x, y, width, 46], BLACK],
      [[x + 24, y, width - 24, height], BLACK],
    ]),
  );
  // The turns that undo EXIF's 1, 8, 3 and 6 are 0°, 90°, 180° and 270°.
  const boxes: Record<number, Box[]> = {
    1: sevens,
    8: [[50, 220, 80, 60], [54, 120, 80, 60]],
    3: [[220, 70, 60, 80], [120, 66, 60, 80]],
    6: [[70, 40, 80, 60], [66, 140, 80, 60]],
  };
  for (const [i, orientation] of [1, 8, 3, 6].entries()) {
    const page = orientImage(upright, orientation);
    const { classify } = ruled(sevenOrNone);
    const { text, turned, lines } = await readPicture(page, classify);
    assertEquals([text, turned], ["77", 90 * i], `orientation ${orientation}`);
    for (const [at, { box }] of lines[0]!.digits.entries()) {
      assertBox(box, boxes[orientation]![at]!, 3);
    }
  }
});

Deno.test("readPicture() reads as many digits as it is told", async () => {
  const marks = ROWS.map((box) => [box, BLACK] as const);
  const page = picture(460, 280, WHITE, marks);
  for (const length of [4, 3, 2]) {
    const { lines } = await readPicture(page, counting, { length });
    assertEquals(lines.flatMap(({ digits }) => digits).length, length);
  }
  // Told that there are digits, it reads what it would leave else.
  const { classify } = ruled(() => undefined, 0.9);
  assertEquals((await readPicture(page, classify)).text, "");
  const { lines } = await readPicture(page, classify, { length: 4 });
  assertEquals(lines.flatMap(({ digits }) => digits).length, 4);
});

Deno.test("readPicture() takes a row of what may be digits for letters", async () => {
  // Too thick to be cut.
  const sevens = (count: number) =>
    picture(
      400,
      200,
      WHITE,
      Array.from({ length: count }, (_, i): [Box, Color][] => [
        [[60 + 100 * i, 60, 60, 46], BLACK],
        [[84 + 100 * i, 60, 36, 80], BLACK],
      ]).flat(),
    );
  const read = async (count: number, probability: number) => {
    const { classify } = ruled(() => 7, probability);
    return (await readPicture(sevens(count), classify, { minConfidence: 0.3 }))
      .text;
  };
  assertEquals(await read(3, 0.9), "777");
  assertEquals(await read(3, 0.35), "");
  assertEquals(await read(1, 0.55), "7");
});
