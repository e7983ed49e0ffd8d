import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";
import { DIFFICULTIES, drawDifficulties } from "@lib/synth/mod.ts";

const COUNT = 4000;
const DRAWN = (() => {
  const random = createRandom(7);
  return Array.from({ length: COUNT }, () => drawDifficulties(random));
})();

const share = (isIn: (drawn: Set<string>) => boolean) =>
  DRAWN.filter(isIn).length / COUNT;

// 4 standard errors of a share of 0.3 in 4,000: 0.029.
Deno.test("drawDifficulties() lets three of ten touch, plain or not", () => {
  assertAlmostEquals(share((drawn) => drawn.has("touching")), 0.3, 0.029);
  const plain = (drawn: Set<string>) =>
    [...drawn].every((name) => name === "touching");
  const both = share((drawn) => plain(drawn) && drawn.has("touching"));
  assert(both > 0.015 && both < 0.06, `share is ${both}`);
});

Deno.test("drawDifficulties() draws each, and none beside its opposite", () => {
  for (const name of DIFFICULTIES) {
    const drawn = share((each) => each.has(name));
    assert(drawn > 0.04, `${name} has a share of ${drawn}`);
  }
  for (
    const [a, b] of [
      ["ruled", "squared"],
      ["thin pen", "thick pen"],
      ["colored paper", "white on black"],
    ] as const
  ) {
    assertEquals(share((drawn) => drawn.has(a) && drawn.has(b)), 0);
  }
});
