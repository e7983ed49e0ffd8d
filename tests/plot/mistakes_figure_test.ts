import { assertEquals, assertThrows } from "@std/assert";
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

function sheetOf(mistakes: Mistake[]): (number | null)[][] {
  return mistakesFigure(mistakes).data[0]!.z as (number | null)[][];
}

Deno.test("mistakesFigure() shows the surest first", () => {
  const { data, text } = mistakesFigure([
    { ...mistake(0.5), label: 1, predicted: 7 },
    { ...mistake(0.97), label: 5, predicted: 3 },
  ]);
  assertEquals(data[1]!.text, [
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
  digit.image.set([1, 2, 3]); // first row, from the left
  digit.image[783] = 4; // last pixel
  const rest = [0.8, 0.7, 0.6, 0.5].map((confidence) =>
    mistake(confidence, 255)
  );
  const sheet = sheetOf([digit, ...rest]);
  // 12 for the title, 42 a row, 34 a column with 3 left of each digit.
  assertEquals([sheet.length, sheet[0]!.length], [12 + 2 * 42, 4 * 34]);
  assertEquals(sheet[12]!.slice(0, 7), [null, null, null, 1, 2, 3, 0]);
  assertEquals(sheet[12 + 27]!.slice(29, 33), [0, 4, null, null]);
  assertEquals(sheet[12 + 28]!, new Array(136).fill(null));
  const fifth = sheet[12 + 42]!;
  assertEquals(fifth.filter((ink) => ink === 255).length, 28);
  const drawn = sheet.flat().filter((ink) => ink !== null);
  assertEquals(drawn.length, 5 * 784);
});

Deno.test("mistakesFigure() draws ink dark on light paper", () => {
  const { zmin, zmax, colorscale } = mistakesFigure([mistake(1)]).data[0]!;
  assertEquals([zmin, zmax], [0, 255]);
  assertEquals(colorscale, [[0, "#fbf9f4"], [1, "#101010"]]);
});

Deno.test("mistakesFigure() shows 48 at most and says how many there are", () => {
  const titles = [0, 1, 48, 1234].map((count) => {
    const mistakes = Array.from({ length: count }, () => mistake(0.9));
    const { data, layout, text } = mistakesFigure(mistakes);
    const [title] = layout.annotations as { text: string }[];
    assertEquals(text.split("\n")[0], title!.text);
    assertEquals((data[1]!.text as string[]).length, Math.min(count, 48));
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
