import { assertEquals } from "@std/assert";
import { joinStrokes } from "@lib/read/mod.ts";
import { block, boxOf } from "./components.ts";

Deno.test("joinStrokes() gives a bar to the digit that is nearest", () => {
  const digits = [block(10, 20, 30, 50), block(80, 20, 30, 50)];
  const bar = block(42, 18, 25, 6); // 2 px from the first, 13 px from the second
  const joined = joinStrokes([bar, ...digits], 50);
  assertEquals(joined.map(boxOf), [[10, 18, 57, 52], [80, 20, 30, 50]]);
  assertEquals(joined[0]!.area, 30 * 50 + 25 * 6);
  assertEquals(joined[0]!.runs.length, 3 * (50 + 6));
});

Deno.test("joinStrokes() drops a low stroke with no digit near", () => {
  const digit = block(10, 20, 30, 50);
  assertEquals(joinStrokes([digit, block(50, 20, 25, 6)], 50), [digit]);
  assertEquals(joinStrokes([block(50, 20, 25, 6)], 50), []);
  assertEquals(joinStrokes([], 50), []);
});

Deno.test("joinStrokes() joins high strokes in front of each other", () => {
  // The open upper part of a 4 and its stem, which stand apart by a pixel.
  const open = block(10, 20, 30, 30);
  const stem = block(18, 35, 6, 40);
  assertEquals(joinStrokes([open, stem], 50).map(boxOf), [[10, 20, 30, 55]]);
});

Deno.test("joinStrokes() keeps neighbors and rows apart", () => {
  const digits = [
    block(10, 20, 30, 50),
    block(35, 20, 30, 50),
    block(10, 75, 30, 50),
  ];
  assertEquals(joinStrokes(digits, 50), digits);
});
