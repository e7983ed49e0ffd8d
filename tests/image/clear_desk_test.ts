import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { clearDesk, type GrayImage, invert } from "@lib/image/mod.ts";
import { fillBox, uniform } from "./drawn_image.ts";

/** A desk of 300×200 px, a page on it, aslant by `tilt`, and what is on it. */
function desk(
  tilt = 0,
  ...marks: (readonly [number, number, number, number])[]
) {
  const image = uniform(300, 200, 60);
  for (let y = 20; y < 180; y++) {
    const left = Math.round(50 + tilt * (y - 100));
    fillBox(image, [left, y, 200, 1], 210);
  }
  for (const mark of marks) fillBox(image, mark, 40);
  return image;
}

const STROKES = [[100, 70, 5, 60], [150, 70, 30, 5], [170, 75, 5, 55]] as const;

/** Pixels that are darker than any paper. */
const dark = ({ data }: GrayImage) =>
  data.filter((value) => value < 150).length;

Deno.test("clearDesk() leaves the writing on a page, straight or aslant", () => {
  for (const tilt of [0, 0.2]) {
    const cleared = clearDesk(desk(tilt, ...STROKES));
    assertEquals(dark(cleared), 300 + 150 + 275, `${tilt}`);
  }
});

Deno.test("clearDesk() takes a thumb off the page", () => {
  const cleared = clearDesk(desk(0, ...STROKES, [20, 80, 60, 40]));
  assertEquals(dark(cleared), 300 + 150 + 275);
});

Deno.test("clearDesk() leaves what is no page on a desk as it is", () => {
  const page = uniform(300, 200, 210);
  for (const stroke of STROKES) fillBox(page, stroke, 40);
  const shadow = { ...page, data: page.data.slice() };
  for (let y = 0; y < 200; y++) {
    for (let x = 0; x < 90; x++) shadow.data[y * 300 + x]! *= 0.5;
  }
  const pictures = {
    page,
    shadow,
    board: invert(page),
    "white bar on black": desk(),
    "one pixel": uniform(1, 1, 90),
  };
  for (const [name, picture] of Object.entries(pictures)) {
    assertStrictEquals(clearDesk(picture), picture, name);
  }
});

Deno.test("clearDesk() follows the paper's shade beyond its edge", () => {
  const image = desk(0, ...STROKES);
  for (let y = 20; y < 180; y++) {
    for (let x = 50; x < 250; x++) image.data[y * 300 + x]! *= 1 - x / 1000;
  }
  const { data } = clearDesk(image);
  const [left, right] = [data[100 * 300 + 2]!, data[100 * 300 + 297]!];
  assert(left > 185 && right < 170 && right > 150, `${left} and ${right}`);
});
