import { assertEquals } from "@std/assert";
import { historyFigure } from "@lib/plot/mod.ts";

const HISTORY = [
  {
    epoch: 1,
    trainLoss: 0.5,
    trainAccuracy: 0.875,
    valLoss: 0.25,
    valAccuracy: 0.9375,
    imagesPerSecond: 400,
  },
  {
    epoch: 2,
    trainLoss: 0.125,
    trainAccuracy: 0.96875,
    valLoss: 0.0625,
    valAccuracy: 0.984375,
    imagesPerSecond: 410,
  },
];

const curves = (history: typeof HISTORY) =>
  historyFigure(history).data.map(({ name, x, y, yaxis }) => ({
    name,
    x,
    y,
    yaxis,
  }));

Deno.test("historyFigure() draws accuracy in percent above the loss", () => {
  const x = [1, 2];
  assertEquals(curves(HISTORY), [
    { name: "Training", x, y: [87.5, 96.875], yaxis: "y" },
    { name: "Validation", x, y: [93.75, 98.4375], yaxis: "y" },
    { name: "Training", x, y: [0.5, 0.125], yaxis: "y2" },
    { name: "Validation", x, y: [0.25, 0.0625], yaxis: "y2" },
  ]);
});

Deno.test("historyFigure() names each curve once in the legend", () => {
  const legend = historyFigure(HISTORY).data.map((trace) => trace.showlegend);
  assertEquals(legend, [true, true, false, false]);
});

Deno.test("historyFigure() gives half an epoch of room on both sides", () => {
  const range = (history: typeof HISTORY) => {
    const { xaxis } = historyFigure(history).layout;
    return (xaxis as { range: number[] }).range;
  };
  assertEquals(range(HISTORY), [0.5, 2.5]);
  assertEquals(range(HISTORY.slice(0, 1)), [0.5, 1.5]);
});

Deno.test("historyFigure() marks whole epochs where there are few", () => {
  const step = (epochs: number) => {
    const history = Array.from({ length: epochs }, () => HISTORY[0]!);
    const { xaxis } = historyFigure(history).layout;
    return (xaxis as { dtick?: number }).dtick;
  };
  assertEquals([step(1), step(10), step(11)], [1, 1, undefined]);
});

Deno.test("historyFigure() of no epoch has empty curves and no words", () => {
  assertEquals(curves([]).map((curve) => curve.y), [[], [], [], []]);
  assertEquals(historyFigure([]).text, "");
});

Deno.test("historyFigure() tells each epoch in a line of text", () => {
  const second = historyFigure(HISTORY).text.split("\n")[1];
  assertEquals(
    second,
    "Epoch 2: accuracy 96.88 % in training, 98.44 % in validation; " +
      "loss 0.1250 in training, 0.0625 in validation",
  );
});
