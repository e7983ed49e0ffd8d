import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { GrayImage } from "@lib/image/mod.ts";
import { loadMnist } from "@lib/mnist/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { drawNoDigit } from "@lib/train/draw_no_digit.ts";

const { validation } = await loadMnist("sample", { seed: 7 });

/** Pixels from the first to the last one with ink, across and down. */
function extent({ width, data }: GrayImage): [number, number] {
  const set = [...data.keys()].filter((i) => data[i]! > 0);
  const span = (values: number[]) =>
    Math.max(...values) - Math.min(...values) + 1;
  return [
    span(set.map((i) => i % width)),
    span(set.map((i) => Math.floor(i / width))),
  ];
}

Deno.test("drawNoDigit() fits what it draws into 20 px of 28, as digits are", () => {
  const random = createRandom(7);
  for (let i = 0; i < 300; i++) {
    const image = drawNoDigit(validation, random);
    assertEquals([image.width, image.height], [28, 28]);
    const longer = Math.max(...extent(image));
    // The soft edge that is cut out with it may be paper.
    assert(longer >= 17 && longer <= 20, `drawing ${i} has ${longer} px`);
  }
});

Deno.test("drawNoDigit() obeys its seed", () => {
  const drawn = (seed: number) => drawNoDigit(validation, createRandom(seed));
  assertEquals(drawn(7), drawn(7));
  assertNotEquals(drawn(7), drawn(8));
});

Deno.test("drawNoDigit() draws something else where a digit leaves nothing", () => {
  const blank = { images: new Uint8Array(784), labels: Uint8Array.of(4) };
  const random = createRandom(7);
  for (let i = 0; i < 50; i++) {
    assert(drawNoDigit(blank, random).data.some((value) => value > 100));
  }
});
