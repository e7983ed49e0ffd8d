import { assertEquals } from "@std/assert";
import { findRows } from "@lib/read/mod.ts";

/** Boxes named by a letter each, from a drawing: 10 px a line, 6 a column. */
const boxes = (lines: string[]) =>
  lines.flatMap((line, y) =>
    [...line].flatMap((name, x) =>
      name === "." ? [] : [{ name, x: 6 * x, y: 10 * y, width: 5, height: 9 }]
    )
  );

const read = (all: ReturnType<typeof boxes>) =>
  findRows(all).map((row) => row.map(({ name }) => name).join(""));

Deno.test("findRows() sorts rows from top to bottom, digits from left to right", () => {
  const page = boxes(["abc..de", "fg.....", "..hijk."]);
  assertEquals(read(page), ["abcde", "fg", "hijk"]);
  assertEquals(read(page.toReversed()), ["abcde", "fg", "hijk"]);
});

Deno.test("findRows() follows a row that rises by more than its height", () => {
  const tilted = boxes(["abcdefgh", "ijklmnop"]);
  for (const box of tilted) box.y -= box.x / 3;
  assertEquals(read(tilted), ["abcdefgh", "ijklmnop"]);
});

Deno.test("findRows() puts digits of other sizes on one row", () => {
  const sizes = boxes(["abcd"]);
  sizes[1]!.height = 5;
  sizes[2]!.y = 4;
  sizes[2]!.height = 12;
  assertEquals(read(sizes), ["abcd"]);
});

Deno.test("findRows() of nothing is empty", () => {
  assertEquals(findRows([]), []);
});
