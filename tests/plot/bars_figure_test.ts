import { assertEquals, assertThrows } from "@std/assert";
import { barsFigure } from "@lib/plot/mod.ts";

const SERIES = [
  { name: "Training", values: [9, 12] },
  { name: "Test", values: [1, 2] },
];

Deno.test("barsFigure() draws a bar for each label of each series", () => {
  const { data, layout, text } = barsFigure(["0", "1"], SERIES, {
    labels: "Digit",
    values: "Images",
  });
  assertEquals(
    data.map(({ name, x, y }) => ({ name, x, y })),
    [
      { name: "Training", x: ["0", "1"], y: [9, 12] },
      { name: "Test", x: ["0", "1"], y: [1, 2] },
    ],
  );
  assertEquals(layout.showlegend, true);
  assertEquals(text, "0: 9, 1\n1: 12, 2");
});

Deno.test("barsFigure() lays bars down with their values at their ends", () => {
  const { data, layout } = barsFigure(["loops", "SIMD"], [
    { name: "Speed", values: [1, 100] },
  ], { values: "×", lying: true, log: true, format: (value) => `${value}×` });
  const [{ x, y, text }] = data as [(typeof data)[number]];
  assertEquals([x, y, text], [[1, 100], ["loops", "SIMD"], ["1×", "100×"]]);
  const { type, range } = layout.xaxis as { type: string; range: number[] };
  // A bar of 1 has a length on a scale of powers, and words have room.
  assertEquals([type, range], ["log", [-0.3, 2 + 1 / 3]]);
  assertEquals(layout.showlegend, false);
});

Deno.test("barsFigure() rejects a series of another length", () => {
  assertThrows(
    () => barsFigure(["a"], SERIES, { values: "" }),
    TypeError,
    "Cannot draw bars as Training must have one value for each of 1 labels: current count is 2",
  );
});
