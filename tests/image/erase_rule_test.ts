import { assert, assertEquals } from "@std/assert";
import { eraseRule, type GrayImage } from "@lib/image/mod.ts";
import { fillBox, uniform } from "./drawn_image.ts";
import { drawLine } from "./ruled_ink.ts";

const RULE = { top: 0, columns: new Float32Array(200).fill(50), reach: 5 };

/** Ink of 100×200 px, a line down its middle, and what is drawn over it. */
function ruled(draw: (ink: GrayImage) => void): [GrayImage, GrayImage] {
  const plain = uniform(100, 200, 0);
  draw(plain);
  const ink = { ...plain, data: plain.data.slice() };
  drawLine(ink, () => 50, 3, 80);
  return [plain, ink];
}

Deno.test("eraseRule() leaves nothing of a line", () => {
  const [plain, ink] = ruled(() => {});
  eraseRule(ink, RULE, 12);
  assertEquals(ink, plain);
});

Deno.test("eraseRule() takes a line that is fainter than the noise", () => {
  const ink = uniform(100, 200, 0);
  drawLine(ink, () => 50, 3, 9);
  eraseRule(ink, RULE, 30);
  assertEquals(ink, uniform(100, 200, 0));
});

Deno.test("eraseRule() leaves darker strokes, also those along the line", () => {
  const [plain, ink] = ruled((page) => {
    fillBox(page, [20, 30, 60, 6], 200);
    fillBox(page, [47, 100, 7, 40], 200);
  });
  eraseRule(ink, RULE, 12);
  assertEquals(ink, plain);
});

Deno.test("eraseRule() draws crossing strokes of the line's own ink again", () => {
  const slants = [0, 0.5, -1];
  const [plain, ink] = ruled((page) =>
    slants.forEach((slant, i) => {
      for (let x = 30; x < 71; x++) {
        const y = Math.round(40 + 60 * i + slant * (x - 50));
        fillBox(page, [x, y, 1, 5], 80);
      }
    })
  );
  eraseRule(ink, RULE, 12);
  let missing = 0;
  let left = 0;
  plain.data.forEach((value, i) => {
    if (value === 80 && ink.data[i]! < 80) missing++;
    if (value === 0 && ink.data[i]! > 0) left++;
  });
  // Of 600; where a stroke comes up aslant, it is drawn a little wider.
  assertEquals(missing, 0);
  assert(left <= 30, `${left} pixels of the line are left`);
});

Deno.test("eraseRule() keeps the level of gray paper", () => {
  const [plain, ink] = ruled((page) => page.data.fill(30));
  eraseRule(ink, RULE, 12);
  assertEquals(ink, plain);
});
