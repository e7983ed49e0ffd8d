import { assertEquals } from "@std/assert";
import { cutComponent } from "@lib/read/mod.ts";
import { block, boxOf } from "./components.ts";

const cut = (columns: number[], crossed = 0.5) => ({
  columns: Int32Array.from(columns),
  crossed,
});

Deno.test("cutComponent() shares out all pixels between the cuts", () => {
  const pieces = cutComponent(block(10, 5, 8, 3), [
    cut([12, 13, 13], 0.1),
    cut([16, 16, 15], 0.2),
  ]);
  assertEquals(pieces.map(({ component }) => boxOf(component)), [
    [10, 5, 3, 3],
    [12, 5, 4, 3],
    [15, 5, 3, 3],
  ]);
  assertEquals(pieces.map(({ component }) => component.area), [8, 9, 7]);
  assertEquals(pieces.map(({ crossed }) => crossed), [0, 0.1, 0.2]);
  assertEquals(pieces[1]!.component.runs, [5, 12, 16, 6, 13, 16, 7, 13, 15]);
});

Deno.test("cutComponent() leaves out what a cut has nothing of", () => {
  const whole = block(10, 5, 8, 3);
  const [only, ...others] = cutComponent(whole, [cut([10, 10, 10])]);
  assertEquals(only, { component: whole, crossed: 0 });
  assertEquals(others, []);
  assertEquals(cutComponent(whole, []).length, 1);
});
