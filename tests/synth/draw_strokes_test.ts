import { assert, assertEquals } from "@std/assert";
import { drawStrokes, type Stroke } from "@lib/synth/mod.ts";

// By hand: a margin of 3.5, so the point lies in the middle of 7 pixels.
Deno.test("drawStrokes() draws a point as a round dot with a soft edge", () => {
  const { width, height, data } = drawStrokes([[[5, 8]]], 6);
  assertEquals([width, height], [7, 7]);
  assertEquals(data[3 * 7 + 3], 255);
  assertEquals(data[3 * 7], 127); // 3 away: half of the pixel
  assertEquals(data[0], 0); // √18 away
});

Deno.test("drawStrokes() draws a segment as wide as the pen", () => {
  const { width, height, data } = drawStrokes([[[0, 0], [20, 0]]], 4);
  assertEquals([width, height], [25, 5]);
  const column = Array.from({ length: 5 }, (_, y) => data[y * 25 + 12]!);
  assertEquals(column, [127, 255, 255, 255, 127]);
});

Deno.test("drawStrokes() draws the same wherever the strokes lie", () => {
  const near: Stroke[] = [[[0, 0], [9, 4]], [[3, 0], [3, 7]]];
  const far = near.map((stroke) =>
    stroke.map(([x, y]) => [x - 100, y + 1000] as const)
  );
  assertEquals(drawStrokes(far, 3), drawStrokes(near, 3));
});

Deno.test("drawStrokes() gives crossing strokes the ink of the nearer one", () => {
  const line: Stroke = [[0, 0], [9, 4]];
  assertEquals(drawStrokes([line, line], 3), drawStrokes([line], 3));
  const cross = drawStrokes([[[0, 4], [8, 4]], [[4, 0], [4, 8]]], 3);
  assert(cross.data.every((value) => value <= 255));
});

Deno.test("drawStrokes() of nothing is a pixel of paper", () => {
  const nothing = { width: 1, height: 1, data: new Uint8Array(1) };
  assertEquals(drawStrokes([], 3), nothing);
  assertEquals(drawStrokes([[]], 3), nothing);
});
