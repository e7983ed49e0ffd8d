import { assertEquals } from "@std/assert";
import { reliabilityFigure } from "@lib/plot/mod.ts";

const BARS = [
  { from: 0, to: 0.25, count: 0, confidence: 0, accuracy: 0 },
  { from: 0.25, to: 0.5, count: 1, confidence: 0.375, accuracy: 0 },
  { from: 0.5, to: 0.75, count: 0, confidence: 0, accuracy: 0 },
  { from: 0.75, to: 1, count: 5000, confidence: 0.9375, accuracy: 0.875 },
];

Deno.test("reliabilityFigure() draws the bars that have digits, in percent", () => {
  const traces = reliabilityFigure(BARS).data.map(({ name, x, y, yaxis }) => ({
    name,
    x,
    y,
    yaxis,
  }));
  const x = [37.5, 87.5];
  assertEquals(traces, [
    { name: "Right", x, y: [0, 87.5], yaxis: undefined },
    { name: "Mean confidence", x, y: [37.5, 93.75], yaxis: undefined },
    { name: undefined, x, y: [1, 5000], yaxis: "y2" },
  ]);
});

Deno.test("reliabilityFigure() leaves a gap between bars that touch", () => {
  const [right, , digits] = reliabilityFigure(BARS).data;
  assertEquals([right!.width, digits!.width], [[24, 24], [24, 24]]);
});

Deno.test("reliabilityFigure() has room for one digit and for the most", () => {
  const range = (bars: typeof BARS) => {
    const { yaxis2 } = reliabilityFigure(bars).layout;
    return (yaxis2 as { range: number[] }).range;
  };
  assertEquals(range(BARS), [Math.log10(0.5), 4]);
  assertEquals(range([]), [Math.log10(0.5), Math.log10(2)]);
});

Deno.test("reliabilityFigure() tells each bar in a line of text", () => {
  assertEquals(
    reliabilityFigure(BARS).text,
    "Confidence 25.0 % to 50.0 %: 1 digit, 37.50 % sure, 0.00 % right\n" +
      "Confidence 75.0 % to 100.0 %: 5,000 digits, 93.75 % sure, 87.50 % right",
  );
});
