import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { loadMnist } from "@lib/mnist/mod.ts";
import { NO_DIGIT } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { drawCuts } from "@lib/train/draw_cuts.ts";

const { validation } = await loadMnist("sample");

const draw = (seed: number) => drawCuts(validation, createRandom(seed));

/** Share of a drawing's pixels that have as much ink as is given. */
const share = (data: Uint8Array, from: number, to: number) =>
  data.filter((value) => value >= from && value <= to).length / data.length;

Deno.test("drawCuts() obeys its seed, and draws each time another", () => {
  for (let seed = 0; seed < 5; seed++) {
    assertEquals(draw(seed), draw(seed));
    assertNotEquals(draw(seed), draw(seed + 1));
  }
});

Deno.test("drawCuts() draws digits and others, two of each at most", () => {
  let digits = 0;
  let others = 0;
  for (let seed = 0; seed < 50; seed++) {
    const drawn = draw(seed);
    const own = drawn.filter(({ label }) => label < NO_DIGIT).length;
    assert(own <= 2 && drawn.length - own <= 2, `${own} of ${drawn.length}`);
    assert(drawn.length > 0);
    digits += own;
    others += drawn.length - own;
  }
  assert(digits > 80 && others > 80, `${digits} digits, ${others} others`);
});

/** Twenty of one kind. */
function digitsOf(kind: number) {
  const isKind = (i: number) => validation.labels[i] === kind;
  const chosen = [...validation.labels.keys()].filter(isKind).slice(0, 20);
  const images = Uint8Array.from(
    chosen.flatMap((i) => [
      ...validation.images.subarray(i * 784, (i + 1) * 784),
    ]),
  );
  return { images, labels: new Uint8Array(chosen.length).fill(kind) };
}

Deno.test("drawCuts() labels what is left of one kind of digit by it", () => {
  const threes = digitsOf(3);
  const found = new Set<number>();
  for (let seed = 0; seed < 20; seed++) {
    const drawn = drawCuts(threes, createRandom(seed));
    drawn.forEach(({ label }) => found.add(label));
  }
  assertEquals([...found].sort(), [NO_DIGIT, 3]);
});

// A cut takes a third of so thin a stroke.
Deno.test("drawCuts() shows a 1 among other digits as often as these", () => {
  const [ones, eights] = [digitsOf(1), digitsOf(8)];
  const images = Uint8Array.from([...ones.images, ...eights.images]);
  const labels = Uint8Array.from([...ones.labels, ...eights.labels]);
  const counts = [0, 0];
  for (let seed = 0; seed < 60; seed++) {
    for (const { label } of drawCuts({ images, labels }, createRandom(seed))) {
      if (label === 1) counts[0]!++;
      if (label === 8) counts[1]!++;
    }
  }
  assert(counts[0]! > 0.75 * counts[1]!, `${counts}`);
});

Deno.test("drawCuts() shows what was cut away, fainter than the rest", () => {
  let shown = 0;
  for (let seed = 0; seed < 20; seed++) {
    for (const { image: { width, height, data } } of draw(seed)) {
      assertEquals([width, height, data.length], [28, 28, 784]);
      assert(share(data, 200, 255) > 0.01, "no ink");
      if (share(data, 90, 102) > 0.01) shown++;
    }
  }
  assert(shown > 20, `${shown}`);
});

Deno.test("drawCuts() gives the digit itself where none has ink enough", () => {
  const images = new Uint8Array(2 * 784).fill(9);
  const faint = { images, labels: Uint8Array.of(4, 5) };
  const [only, ...others] = drawCuts(faint, createRandom(1));
  assertEquals(others, []);
  assertEquals([only!.label, [...new Set(only!.image.data)]], [4, [9]]);
});
