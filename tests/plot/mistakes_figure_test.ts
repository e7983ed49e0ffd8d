import { Buffer } from "node:buffer";
import { assertEquals, assertThrows } from "@std/assert";
import { PNG } from "pngjs";
import { type Mistake, mistakesFigure } from "@lib/plot/mod.ts";

/** A digit whose pixels all have one value. */
function mistake(confidence: number, ink = 0): Mistake {
  return {
    image: new Uint8Array(784).fill(ink),
    label: 5,
    predicted: 3,
    confidence,
  };
}

/** How often a pixel of a digit stands on the sheet, across and down. */
const ZOOM = 4;

/** The sheet's green channel, a value a pixel of the digits; null is clear. */
function sheetOf(mistakes: Mistake[]): (number | null)[][] {
  const [image] = mistakesFigure(mistakes).layout.images as {
    source: string;
  }[];
  const base64 = image!.source.replace("data:image/png;base64,", "");
  const { width, height, data } = PNG.sync.read(
    Buffer.from(Uint8Array.fromBase64(base64)),
  );
  return Array.from(
    { length: height / ZOOM },
    (_, y) =>
      Array.from({ length: width / ZOOM }, (_, x) => {
        const at = 4 * ZOOM * (y * width + x);
        return data[at + 3] === 0 ? null : data[at + 1]!;
      }),
  );
}

/** What ink of 0…255 is on the sheet. */
const PAPER = 249;
const FULL = 16;
const gray = (ink: number) => Math.round(PAPER + ink / 255 * (FULL - PAPER));

Deno.test("mistakesFigure() shows the surest first", () => {
  const { data, text } = mistakesFigure([
    { ...mistake(0.5), label: 1, predicted: 7 },
    { ...mistake(0.97), label: 5, predicted: 3 },
  ]);
  assertEquals(data[0]!.text, [
    "5 taken for 3<br>97 %",
    "1 taken for 7<br>50 %",
  ]);
  assertEquals(
    text,
    "2 mistakes, the surest first\n5 taken for 3 (97 %)\n1 taken for 7 (50 %)",
  );
});

Deno.test("mistakesFigure() puts each digit whole on the sheet, four a row", () => {
  const digit = mistake(0.9);
  digit.image.set([64, 128, 192]); // first row, from the left
  digit.image[783] = 255; // last pixel
  const rest = [0.8, 0.7, 0.6, 0.5].map((confidence) =>
    mistake(confidence, 255)
  );
  const sheet = sheetOf([digit, ...rest]);
  // 12 for the title, 42 a row, 34 a column with 3 left of each digit.
  assertEquals([sheet.length, sheet[0]!.length], [12 + 2 * 42, 4 * 34]);
  const row = [null, null, null, gray(64), gray(128), gray(192), PAPER];
  assertEquals(sheet[12]!.slice(0, 7), row);
  assertEquals(sheet[12 + 27]!.slice(29, 33), [PAPER, FULL, null, null]);
  assertEquals(sheet[12 + 28]!, new Array(136).fill(null));
  const fifth = sheet[12 + 42]!;
  assertEquals(fifth.filter((ink) => ink === FULL).length, 28);
  const drawn = sheet.flat().filter((ink) => ink !== null);
  assertEquals(drawn.length, 5 * 784);
});

Deno.test("mistakesFigure() shows 48 at most and says how many there are", () => {
  const titles = [0, 1, 48, 1234].map((count) => {
    const mistakes = Array.from({ length: count }, () => mistake(0.9));
    const { data, layout, text } = mistakesFigure(mistakes);
    const [title] = layout.annotations as { text: string }[];
    assertEquals(text.split("\n")[0], title!.text);
    assertEquals((data[0]!.text as string[]).length, Math.min(count, 48));
    return title!.text;
  });
  assertEquals(titles, [
    "No mistakes",
    "1 mistake, the surest first",
    "48 mistakes, the surest first",
    "The 48 surest of 1,234 mistakes",
  ]);
});

Deno.test("mistakesFigure() leaves the order of its argument alone", () => {
  const mistakes = [mistake(0.1), mistake(0.9)];
  mistakesFigure(mistakes);
  assertEquals(mistakes.map(({ confidence }) => confidence), [0.1, 0.9]);
});

Deno.test("mistakesFigure() rejects an image that is not 28×28", () => {
  assertThrows(
    () => mistakesFigure([{ ...mistake(1), image: new Uint8Array(400) }]),
    TypeError,
    "Cannot draw a digit as its image must be 784 bytes: current length is 400",
  );
});
