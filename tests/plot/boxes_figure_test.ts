import { assertEquals } from "@std/assert";
import { boxesFigure } from "@lib/plot/mod.ts";

Deno.test("boxesFigure() lays boxes on the picture, in its own pixels", () => {
  const { data, layout, text } = boxesFigure(
    { url: "data:,", width: 1400, height: 200 },
    [
      { x: 10, y: 20, width: 30, height: 40, name: "7: 99.0 %" },
      { x: 100, y: 20, width: 30, height: 40, name: "no digit<br>sure" },
    ],
    "candidate",
  );
  const [first] = layout.shapes as Record<string, number>[];
  const { x0, y0, x1, y1 } = first!;
  assertEquals([x0, y0, x1, y1], [10, 20, 40, 60]);
  assertEquals([data[0]!.x, data[0]!.y], [[25, 115], [40, 40]]);
  assertEquals([layout.width, layout.height], [700, 100]);
  // Upright: pixels count from the top.
  assertEquals((layout.yaxis as { range: number[] }).range, [200, 0]);
  assertEquals(
    text,
    "2 candidates on a picture of 1400×200 pixels\n7: 99.0 %\nno digit, sure",
  );
});
