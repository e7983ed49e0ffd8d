import { assertEquals } from "@std/assert";
import { rowText } from "@lib/read/mod.ts";

/** Digits 8 px wide with these gaps between them; digits count up from 0. */
function row(gaps: number[], rejected: number[] = []) {
  let x = 5;
  return [-1, ...gaps].map((gap, digit) => {
    if (gap >= 0) x += 8 + gap;
    return {
      digit,
      rejected: rejected.includes(digit),
      box: { x, y: 0, width: 8, height: 14 },
    };
  });
}

Deno.test("rowText() parts groups that stand clearly apart", () => {
  assertEquals(rowText(row([2, 3, 20, 2]), 14), "012 34");
  assertEquals(rowText(row([2, 3, 9, 2]), 14), "01234");
});

Deno.test("rowText() writes no spaces where all stand far apart", () => {
  assertEquals(rowText(row([30, 32, 28, 31]), 14), "01234");
});

Deno.test("rowText() parts two digits only at a wide gap", () => {
  assertEquals(rowText(row([18]), 14), "01");
  assertEquals(rowText(row([30]), 14), "0 1");
});

Deno.test("rowText() writes ? for what is rejected", () => {
  assertEquals(rowText(row([2, 2], [0, 2]), 14), "?1?");
  assertEquals(rowText([], 14), "");
});
