import { assert, assertEquals } from "@std/assert";
import { contrastGray, type RgbImage, toGray } from "@lib/image/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

type Color = readonly [red: number, green: number, blue: number];

/** Paper of 300×200 px with grain, and strokes on it. */
function page(paper: Color, ink: Color): RgbImage {
  const random = createRandom(5);
  const data = new Uint8Array(300 * 200 * 3);
  for (let i = 0; i < 300 * 200; i++) {
    const [x, y] = [i % 300, Math.floor(i / 300)];
    const isInk = y > 60 && y < 140 && x > 60 && x < 240 && x % 40 < 5;
    (isInk ? ink : paper).forEach((level, channel) =>
      data[3 * i + channel] = Math.min(255, level + 6 * random.next())
    );
  }
  return { width: 300, height: 200, data };
}

/** Levels between a stroke and the paper beside it. */
function contrast({ data }: { data: Uint8Array }): number {
  return Math.abs(data[100 * 300 + 82]! - data[100 * 300 + 100]!);
}

Deno.test("contrastGray() sees ink that is as bright as the paper", () => {
  const pages = {
    "yellow on white": page([240, 240, 235], [240, 225, 90]),
    "red on blue": page([90, 140, 220], [220, 90, 80]),
    "light green on pink": page([235, 170, 190], [150, 215, 160]),
  };
  for (const [name, picture] of Object.entries(pages)) {
    const [before, after] = [toGray, contrastGray]
      .map((gray) => contrast(gray(picture)));
    assert(after! > 50 && after! > 2 * before!, `${name}: ${before}, ${after}`);
  }
});

Deno.test("contrastGray() is luma where luma shows the ink", () => {
  for (const ink of [[40, 60, 150], [170, 40, 40], [60, 60, 60]] as const) {
    const picture = page([235, 235, 225], ink);
    assertEquals(contrastGray(picture), toGray(picture));
  }
});

Deno.test("contrastGray() is luma on gray, faint, empty, and tiny pictures", () => {
  const pictures = [
    page([220, 220, 220], [195, 195, 195]),
    page([230, 225, 215], [230, 225, 215]),
    { width: 1, height: 1, data: Uint8Array.of(9, 90, 200) },
  ];
  for (const picture of pictures) {
    assertEquals(contrastGray(picture), toGray(picture));
  }
});
