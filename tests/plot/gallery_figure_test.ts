import { Buffer } from "node:buffer";
import { assertEquals, assertThrows } from "@std/assert";
import { PNG } from "pngjs";
import { galleryFigure, type Tile } from "@lib/plot/mod.ts";

/** The color of a pixel of the sheet, which is drawn four times as large. */
function colorAt(tiles: Tile[], x: number, y: number, signed = false) {
  const { layout } = galleryFigure(tiles, {
    title: "",
    ...(signed ? { low: -1, high: 1, colors: "signed" as const } : {}),
  });
  const [{ source }] = layout.images as [{ source: string }];
  const base64 = source.replace("data:image/png;base64,", "");
  const png = PNG.sync.read(Buffer.from(Uint8Array.fromBase64(base64)));
  return [...png.data.subarray(4 * 4 * (y * png.width + x)).subarray(0, 4)];
}

const digit = (ink: number) => ({
  values: new Uint8Array(784).fill(ink),
  caption: "",
});

Deno.test("galleryFigure() draws 0 as paper and 255 as ink", () => {
  assertEquals(colorAt([digit(0)], 3, 12), [251, 249, 244, 255]);
  assertEquals(colorAt([digit(255)], 3, 12), [16, 16, 16, 255]);
  // Beside the tile nothing is drawn.
  assertEquals(colorAt([digit(255)], 2, 12)[3], 0);
});

Deno.test("galleryFigure() enlarges small tiles, and draws both signs", () => {
  // 2×2 become 28×28: a pixel is 14 wide.
  const tile = { values: [-1, 0, 0.5, 1], caption: "" };
  const at = (x: number, y: number) => colorAt([tile], 3 + x, 12 + y, true);
  assertEquals(at(13, 13), [213, 94, 0, 255]);
  assertEquals(at(14, 13), [255, 255, 255, 255]);
  assertEquals(at(0, 14), [128, 185, 217, 255]);
  assertEquals(at(27, 27), [0, 114, 178, 255]);
});

Deno.test("galleryFigure() takes values beyond its range for the ends of it", () => {
  const tile = { values: [-9, 0, 0, 9], caption: "" };
  assertEquals(colorAt([tile], 3, 12, true), [213, 94, 0, 255]);
  assertEquals(colorAt([tile], 30, 39, true), [0, 114, 178, 255]);
});

Deno.test("galleryFigure() puts captions below their tiles, in rows", () => {
  const tiles = ["a", "b", "c"].map((caption) => ({ ...digit(0), caption }));
  const { data, layout, text } = galleryFigure(tiles, {
    title: "Three",
    columns: 2,
    scale: 2,
  });
  assertEquals(data[0]!.x, [16.5, 50.5, 16.5]);
  assertEquals(data[0]!.y, [46, 46, 88]);
  assertEquals([layout.width, layout.height], [2 * 68, 2 * 96]);
  assertEquals(text, "Three\na\nb\nc");
});

Deno.test("galleryFigure() rejects tiles that are not square or of one size", () => {
  const draw = (...lengths: number[]) => () =>
    galleryFigure(
      lengths.map((length) => ({
        values: new Uint8Array(length),
        caption: "",
      })),
      { title: "" },
    );
  assertThrows(
    draw(8),
    TypeError,
    "Cannot draw a gallery as its tiles must be square and of one size: current lengths are 8 and 8",
  );
  assertThrows(draw(9, 16), TypeError, "current lengths are 9 and 16");
});
