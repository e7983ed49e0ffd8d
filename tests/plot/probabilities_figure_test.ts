import { assertEquals, assertThrows } from "@std/assert";
import { probabilitiesFigure } from "@lib/plot/mod.ts";

const image = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
const sure = (label: number, classes = 10) =>
  Float32Array.from({ length: classes }, (_, i) => i === label ? 1 : 0);

Deno.test("probabilitiesFigure() draws each digit above its bars", () => {
  const { data, layout } = probabilitiesFigure([
    { image, probabilities: sure(7) },
    { image, probabilities: sure(10, 11) },
  ]);
  assertEquals(
    data.map(({ type, xaxis, yaxis }) => [type, xaxis, yaxis]),
    [
      ["heatmap", "x", "y"],
      ["bar", "x2", "y2"],
      ["heatmap", "x3", "y3"],
      ["bar", "x4", "y4"],
    ],
  );
  const z = data[0]!.z as number[][];
  assertEquals([z.length, z[1]![0], z[27]![27]], [28, 28, 783 % 256]);
  assertEquals(data[1]!.x, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  assertEquals((data[3]!.y as string[])[10], "–");
  // Beside each other, and apart.
  const domains = ["xaxis", "xaxis3"].map((axis) =>
    (layout[axis] as { domain: number[] }).domain
  );
  assertEquals(domains.flat(), domains.flat().toSorted());
});

Deno.test("probabilitiesFigure() marks the best bar", () => {
  const { data } = probabilitiesFigure([{ image, probabilities: sure(3) }]);
  const { color } = data[1]!.marker as { color: string[] };
  assertEquals(color.map((each) => each === color[0]), [
    ...[true, true, true, false, true, true, true, true, true, true],
  ]);
});

Deno.test("probabilitiesFigure() names no digit in words", () => {
  const { text } = probabilitiesFigure([
    { image, probabilities: sure(10, 11) },
  ]);
  assertEquals(text, "no digit (100.0 %)");
});

Deno.test("probabilitiesFigure() draws eight digits at most, and tells all", () => {
  const digits = new Array(9).fill({ image, probabilities: sure(1) });
  const { data, text } = probabilitiesFigure(digits);
  assertEquals([data.length, text.split("\n").length], [16, 9]);
});

Deno.test("probabilitiesFigure() rejects other sizes", () => {
  assertThrows(
    () => probabilitiesFigure([{ image: [0], probabilities: sure(1) }]),
    TypeError,
    "Cannot draw a digit as its image must have 784 pixels: current length is 1",
  );
  assertThrows(
    () => probabilitiesFigure([{ image, probabilities: [1] }]),
    TypeError,
    "Cannot draw probabilities as there must be 10 or 11 of them: current count is 1",
  );
});
