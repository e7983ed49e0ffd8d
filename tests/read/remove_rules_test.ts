import { assert, assertEquals } from "@std/assert";
import { type GrayImage, transpose } from "@lib/image/mod.ts";
import { removeRules } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";
import { drawLine } from "../image/ruled_ink.ts";

/** A thin 7 and two ones, of 60 px. */
function write(ink: GrayImage) {
  fillBox(ink, [100, 100, 40, 4], 180);
  drawLine(ink, (row) => 138 - (row - 100) / 2, 4, 180, [100, 160]);
  fillBox(ink, [170, 100, 4, 60], 180);
  fillBox(ink, [200, 102, 4, 58], 180);
}

function page(...draw: ((ink: GrayImage) => void)[]): GrayImage {
  const ink = uniform(400, 300, 0);
  for (const each of draw) each(ink);
  return ink;
}

const squares = (slope: number, value: number) => (ink: GrayImage) => {
  const across = transpose(ink);
  for (let x = 10; x < 390; x += 40) {
    drawLine(ink, (row) => x + slope * row, 2, value);
    drawLine(across, (row) => x - slope * row, 2, value);
  }
  transpose(across).data.forEach((each, i) =>
    ink.data[i] = Math.max(ink.data[i]!, each)
  );
};

/** Pixels that differ by more than noise does. */
function changes(a: GrayImage, b: GrayImage): number {
  return a.data.filter((value, i) => Math.abs(value - b.data[i]!) > 12).length;
}

Deno.test("removeRules() takes squares from under thin digits", () => {
  const plain = page(write);
  for (const slope of [0, 0.03, -0.12]) {
    const ruled = page(squares(slope, 70), write);
    const before = changes(ruled, plain);
    const after = changes(removeRules(ruled), plain);
    assert(after < before / 10, `${after} of ${before} are left at ${slope}`);
  }
});

Deno.test("removeRules() takes lines little longer than digits are high", () => {
  const low = (...draw: ((ink: GrayImage) => void)[]) => {
    const ink = uniform(400, 110, 0);
    for (const each of draw) each(ink);
    return ink;
  };
  const digits = (ink: GrayImage) => {
    for (const x of [90, 180, 290]) {
      fillBox(ink, [x, 20, 40, 8], 200);
      fillBox(ink, [x + 32, 20, 8, 68], 200);
    }
  };
  const plain = low(digits);
  const ruled = low((ink) => {
    for (let x = 20; x < 400; x += 45) {
      drawLine(ink, (row) => x + (x - 200) / 1600 * row, 2, 70);
    }
    fillBox(ink, [0, 55, 400, 2], 70);
  }, digits);
  const before = changes(ruled, plain);
  const after = changes(removeRules(ruled), plain);
  assert(after < before / 10, `${after} of ${before} are left`);
});

Deno.test("removeRules() leaves digits without lines as they are", () => {
  const plain = page(write);
  assertEquals(removeRules(plain), plain);
});

Deno.test("removeRules() takes no ones for lines, however many or large", () => {
  const ones = page((ink) => {
    for (let x = 60; x < 340; x += 30) fillBox(ink, [x, 80, 4, 140], 180);
  });
  assertEquals(removeRules(ones), ones);
  const one = page((ink) => fillBox(ink, [200, 20, 4, 255], 180));
  assertEquals(removeRules(one), one);
  // Cut off close to the digits, a one runs from border to border.
  const close = uniform(300, 240, 0);
  fillBox(close, [40, 0, 4, 240], 180);
  fillBox(close, [90, 4, 120, 12], 180);
  drawLine(close, (row) => 204 - row / 3, 12, 180, [4, 240]);
  assertEquals(removeRules(close), close);
});

Deno.test("removeRules() takes lines from border to border off empty paper", () => {
  const ruled = page(squares(0.03, 90));
  assert(changes(removeRules(ruled), page()) < changes(ruled, page()) / 40);
});

Deno.test("removeRules() of uniform ink and of one pixel", () => {
  for (const image of [uniform(400, 300, 90), uniform(1, 1, 9)]) {
    assertEquals(removeRules(image), image);
  }
});
