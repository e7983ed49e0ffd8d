import { assert, assertEquals } from "@std/assert";
import { type Component, findComponents } from "@lib/image/mod.ts";
import { findCuts } from "@lib/read/mod.ts";
import { fillBox, uniform } from "../image/drawn_image.ts";

/** The one component of some boxes of ink on 200×100 px. */
function component(
  ...boxes: [x: number, y: number, width: number, height: number][]
): Component {
  const image = uniform(200, 100, 0);
  for (const box of boxes) fillBox(image, box, 1);
  const all = findComponents(image);
  assertEquals(all.length, 1);
  return all[0]!;
}

Deno.test("findCuts() cuts the bridge between two bars", () => {
  const cuts = findCuts(
    component([20, 10, 20, 80], [40, 50, 30, 6], [70, 10, 20, 80]),
  );
  const inner = cuts.filter(({ columns }) => columns[43]! > 40);
  assert(inner.length > 0);
  for (const { columns, crossed } of cuts) {
    assertEquals(columns.length, 80);
    // A bridge of 6 px in 80, and the cells on its edges.
    assert(crossed < 0.15, `${crossed}`);
    assert(columns.every((column) => column >= 20 && column <= 90));
  }
});

Deno.test("findCuts() goes around what it need not cross", () => {
  // Above on the left and below on the right of what joins them: a straight
  // cut crosses 30 px of ink wherever it is.
  const cuts = findCuts(
    component([20, 10, 70, 30], [84, 40, 6, 20], [60, 60, 90, 30]),
  );
  assert(cuts.some(({ crossed }) => crossed < 0.2));
});

Deno.test("findCuts() gives cuts that do not cross, from left to right", () => {
  const cuts = findCuts(component([10, 45, 180, 10], [10, 10, 6, 80]));
  assert(cuts.length > 3);
  for (let i = 1; i < cuts.length; i++) {
    const before = cuts[i - 1]!.columns;
    assert(cuts[i]!.columns.every((column, y) => column >= before[y]!));
  }
});

Deno.test("findCuts() cuts no block and no single stroke", () => {
  assertEquals(findCuts(component([20, 10, 120, 80])), []);
  assertEquals(findCuts(component([20, 10, 8, 80])), []);
});

Deno.test("findCuts() follows the edge where two strokes lie side by side", () => {
  // Two bars that share half of their height make a place twice as wide as
  // they are: to go along it is cheaper than across one of them.
  const cuts = findCuts(component([20, 0, 12, 60], [32, 30, 12, 60]));
  const parting = cuts.filter(({ columns }) =>
    columns.slice(32, 58).every((column) => Math.abs(column - 32) <= 6)
  );
  assert(parting.length > 0);
});
