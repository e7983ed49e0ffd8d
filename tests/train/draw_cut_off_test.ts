import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { loadMnist } from "@lib/mnist/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { drawCutOff } from "@lib/train/draw_cut_off.ts";

const { validation } = await loadMnist("sample", { seed: 7 });

const draw = (index: number, seed: number) =>
  drawCutOff(validation, index, createRandom(seed)).data;

/** Ink of a drawing, as a share of all of it being full. */
const inkOf = (data: Uint8Array) =>
  data.reduce((sum, value) => sum + value, 0) / 255 / data.length;

Deno.test("drawCutOff() obeys its seed, and draws each time another", () => {
  for (let index = 0; index < 10; index++) {
    assertEquals(draw(index, 7), draw(index, 7));
    assertNotEquals(draw(index, 7), draw(index, 8));
  }
});

Deno.test("drawCutOff() keeps most of the digit, and little besides", () => {
  let more = 0;
  let less = 0;
  for (let index = 0; index < 100; index++) {
    const data = draw(index, index);
    assertEquals(data.length, 784);
    const own = validation.images.subarray(index * 784, (index + 1) * 784);
    const ratio = inkOf(data) / inkOf(own);
    assert(ratio > 0.3 && ratio < 3, `${index}: ${ratio}`);
    if (ratio > 1) more++;
    else less++;
  }
  // Fitted anew, a digit with a rest of its neighbor is drawn smaller.
  assert(more > 10 && less > 10, `${more} with more ink, ${less} with less`);
});
