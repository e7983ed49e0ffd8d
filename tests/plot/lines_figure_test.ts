import { assertEquals, assertThrows } from "@std/assert";
import { linesFigure } from "@lib/plot/mod.ts";

const LINE = { name: "Error", x: [1e-2, 1e-3], y: [1e-4, 1e-6] };

Deno.test("linesFigure() draws each line through its points", () => {
  const { data, layout, text } = linesFigure([LINE], {
    x: "Step",
    y: "Error",
    log: true,
  });
  assertEquals([data[0]!.x, data[0]!.y], [LINE.x, LINE.y]);
  const types = [layout.xaxis, layout.yaxis].map((axis) =>
    (axis as { type: string }).type
  );
  assertEquals(types, ["log", "log"]);
  assertEquals(text, "Error: 0.0001 at 0.01, 0.000001 at 0.001");
});

Deno.test("linesFigure() has a legend where there are several lines", () => {
  const axes = { x: "", y: "" };
  const legends = [1, 2].map((count) =>
    linesFigure(new Array(count).fill(LINE), axes).layout.showlegend
  );
  assertEquals(legends, [false, true]);
});

Deno.test("linesFigure() rejects a line with more x than y", () => {
  assertThrows(
    () => linesFigure([{ ...LINE, y: [1] }], { x: "", y: "" }),
    TypeError,
    "Cannot draw the line Error as it must have as many x as y: current counts are 2 and 1",
  );
});
