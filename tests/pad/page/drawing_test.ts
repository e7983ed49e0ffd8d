import { assertEquals } from "@std/assert";
import {
  addPoint,
  type Context,
  drawStrokes,
  HEIGHT,
  placePicture,
  type Stroke,
  WIDTH,
} from "@lib/pad/page/drawing.js";

Deno.test("addPoint() keeps the pen on the sheet, and leaves out what does not move", () => {
  const stroke: Stroke = [];
  addPoint(stroke, [-5, 10]);
  addPoint(stroke, [0.5, 10.5]);
  addPoint(stroke, [WIDTH + 1, HEIGHT + 1]);
  assertEquals(stroke, [[0, 10], [WIDTH, HEIGHT]]);
});

Deno.test("placePicture() shows a picture whole, in the middle", () => {
  assertEquals(placePicture({ width: 72, height: 48 }), {
    ...{ x: 0, y: 0, scale: 10 },
  });
  assertEquals(placePicture({ width: 240, height: 480 }), {
    ...{ x: 240, y: 0, scale: 1 },
  });
  assertEquals(placePicture({ width: 1440, height: 480 }), {
    ...{ x: 0, y: 120, scale: 0.5 },
  });
});

/** What a stroke makes a canvas do. */
function calls(stroke: Stroke): string[] {
  const called: string[] = [];
  const context = new Proxy({}, {
    get: (_, name) => (...numbers: number[]) =>
      called.push(`${String(name)} ${numbers.join(" ")}`.trim()),
    set: () => true,
  });
  drawStrokes(context as Context, [stroke]);
  return called;
}

Deno.test("drawStrokes() draws a dot, a line, and a curve from middle to middle", () => {
  assertEquals(calls([[1, 2]]), [
    ...["beginPath", "moveTo 1 2", "lineTo 1 2", "stroke"],
  ]);
  assertEquals(calls([[1, 2], [3, 4]]), [
    ...["beginPath", "moveTo 1 2", "lineTo 3 4", "stroke"],
  ]);
  assertEquals(calls([[0, 0], [10, 0], [10, 10], [0, 10]]), [
    "beginPath",
    "moveTo 0 0",
    "quadraticCurveTo 10 0 10 5",
    "quadraticCurveTo 10 10 5 10",
    "lineTo 0 10",
    "stroke",
  ]);
});
