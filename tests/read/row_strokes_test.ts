import { assertEquals } from "@std/assert";
import { rowStrokes } from "@lib/read/mod.ts";
import { block, boxOf } from "./components.ts";

Deno.test("rowStrokes() puts low strokes on the row that is nearest", () => {
  const bar = block(40, 24, 16, 4);
  const dash = block(12, 88, 14, 4);
  const rows = rowStrokes([
    block(10, 30, 20, 40),
    block(60, 28, 22, 44),
    block(30, 100, 20, 42),
    bar,
    dash,
  ], 42);
  assertEquals(rows.map(({ strokes }) => strokes.map(boxOf)), [
    [[10, 30, 20, 40], boxOf(bar), [60, 28, 22, 44]],
    [boxOf(dash), [30, 100, 20, 42]],
  ]);
  assertEquals(rows.map(({ typical }) => typical), [40, 42]);
});

Deno.test("rowStrokes() drops a low stroke with no row near", () => {
  const [row, ...others] = rowStrokes(
    [block(10, 30, 20, 40), block(80, 30, 20, 10)],
    40,
  );
  assertEquals(row!.strokes.length, 1);
  assertEquals(others, []);
  assertEquals(rowStrokes([block(80, 30, 20, 10)], 40), []);
});
