import { assertEquals, assertThrows } from "@std/assert";
import { confusionFigure } from "@lib/plot/mod.ts";

/** 100 right of each digit, and what `mistakes` adds. */
function matrixWith(
  mistakes: [label: number, predicted: number, count: number][],
): number[][] {
  const matrix = Array.from({ length: 10 }, (_, label) => {
    const row = new Array<number>(10).fill(0);
    row[label] = 100;
    return row;
  });
  for (const [label, predicted, count] of mistakes) {
    matrix[label]![predicted] = count;
  }
  return matrix;
}

Deno.test("confusionFigure() draws right and wrong apart, zeros not at all", () => {
  const [right, wrong] = confusionFigure(matrixWith([[4, 9, 6]])).data;
  const z = (trace: unknown) => (trace as { z: (number | null)[][] }).z;
  assertEquals(
    z(right)[4],
    [null, null, null, null, 100, null, null, null, null, null],
  );
  assertEquals(
    z(wrong)[4],
    [null, null, null, null, null, null, null, null, null, 6],
  );
  assertEquals(z(wrong)[9], new Array(10).fill(null));
});

Deno.test("confusionFigure() writes the counts into the cells", () => {
  const { data } = confusionFigure(matrixWith([]));
  assertEquals(data.map((trace) => trace.texttemplate), ["%{z}", "%{z}"]);
});

Deno.test("confusionFigure() scales its colors by the mistakes alone", () => {
  const scale = (mistakes: [number, number, number][]) =>
    confusionFigure(matrixWith(mistakes)).data[1]!.zmax;
  assertEquals(scale([[4, 9, 6], [7, 1, 12]]), 12);
  assertEquals(scale([[4, 9, 1]]), 5);
  assertEquals(scale([]), 5);
});

Deno.test("confusionFigure() names rows and columns, zero above", () => {
  const { xaxis, yaxis } = confusionFigure(matrixWith([])).layout;
  const names = [xaxis, yaxis].map((axis) =>
    (axis as { title: { text: string } }).title.text
  );
  assertEquals(names, ["Prediction", "Label"]);
  assertEquals((yaxis as { autorange: string }).autorange, "reversed");
});

Deno.test("confusionFigure() tells the mistakes, most frequent first", () => {
  const { text } = confusionFigure(matrixWith([[4, 9, 6], [7, 1, 1200]]));
  assertEquals(
    text,
    "1,000 of 2,206 right\n7 taken for 1: 1,200\n4 taken for 9: 6",
  );
});

Deno.test("confusionFigure() rejects what is not 10×10", () => {
  assertThrows(
    () => confusionFigure([[1, 2], [3]]),
    TypeError,
    "Cannot draw a confusion matrix as it must be 10 rows of 10 counts: current rows have [2,1] counts",
  );
  const ragged = matrixWith([]);
  ragged[9]!.pop();
  assertThrows(
    () => confusionFigure(ragged),
    TypeError,
    "[10,10,10,10,10,10,10,10,10,9]",
  );
});
