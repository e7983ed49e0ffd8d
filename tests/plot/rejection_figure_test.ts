import { assertAlmostEquals, assertEquals } from "@std/assert";
import { rejectionFigure, type RejectionPoint } from "@lib/plot/mod.ts";

/** A thousand digits: one after another is rejected, the wrong ones given. */
function rejectingOneByOne(...wrong: number[]): RejectionPoint[] {
  return Array.from({ length: 1000 }, (_, index) => ({
    confidence: index / 1000,
    rejected: index / 1000,
    error: wrong.filter((place) => place >= index).length / (1000 - index),
  }));
}

/** The shares rejected that are drawn, and where the axis ends, in percent. */
function drawn(points: RejectionPoint[]) {
  const { data: [curve], layout } = rejectionFigure(points);
  const { range } = layout.xaxis as { range: [number, number] };
  return { x: curve!.x as number[], y: curve!.y as number[], end: range[1] };
}

Deno.test("rejectionFigure() draws in percent, with the confidence at hand", () => {
  const { data: [curve] } = rejectionFigure([
    { confidence: 0.5, rejected: 0, error: 0.25 },
    { confidence: 0.75, rejected: 0.25, error: 0 },
  ]);
  assertEquals(curve!.x, [0, 25]);
  assertEquals(curve!.y, [25, 0]);
  assertEquals(curve!.customdata, [50, 75]);
});

// A fifth of ten is two: one is left with 30 rejected, and goes with the 501st.
Deno.test("rejectionFigure() ends at twice what a fifth of the error takes", () => {
  const wrong = [3, 6, 9, 12, 15, 18, 21, 24, 29, 500];
  const { x, end } = drawn(rejectingOneByOne(...wrong));
  assertAlmostEquals(end, 2 * 100 * 0.03);
  assertEquals(x.length, 61);
});

Deno.test("rejectionFigure() ends between 1 and 100 percent", () => {
  assertEquals(drawn(rejectingOneByOne()).end, 1);
  assertEquals(drawn(rejectingOneByOne(1)).end, 1);
  assertEquals(drawn(rejectingOneByOne(998)).end, 100);
  assertEquals(drawn([]), { x: [], y: [], end: 100 });
});

Deno.test("rejectionFigure() tells some shares until none is wrong", () => {
  const points = rejectingOneByOne(0, 3, 11);
  assertEquals(rejectionFigure(points).text.split("\n"), [
    "0.00 % rejected: 0.30 % of the others wrong",
    "0.10 % rejected, below 0.10 % confidence: 0.20 % of the others wrong",
    "0.20 % rejected, below 0.20 % confidence: 0.20 % of the others wrong",
    "0.50 % rejected, below 0.50 % confidence: 0.10 % of the others wrong",
    "1.00 % rejected, below 1.00 % confidence: 0.10 % of the others wrong",
    "1.20 % rejected, below 1.20 % confidence: 0.00 % of the others wrong",
  ]);
});

Deno.test("rejectionFigure() tells the share where a mistake is never rejected", () => {
  assertEquals(
    rejectionFigure([{ confidence: 1, rejected: 0, error: 1 }]).text,
    "0.00 % rejected: 100.00 % of the others wrong",
  );
  assertEquals(rejectionFigure([]).text, "");
});
