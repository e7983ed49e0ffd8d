import { assertEquals, assertLess } from "@std/assert";
import { softmaxCrossEntropyReference } from "@lib/kernels/reference/softmax_cross_entropy.ts";
import { type Build, BUILDS, runGuarded } from "../_guarded.ts";
import { assertClose, values } from "../_parity.ts";

for (const build of BUILDS) {
  Deno.test(`softmaxCrossEntropy() agrees with the loops, ${build} build`, async (t) => {
    for (
      const [batch, classes] of [[1, 1], [3, 2], [5, 3], [16, 10], [7, 133]]
    ) {
      for (const scale of [1, 30, 1e4]) {
        await t.step(`[${batch},${classes}] · ${scale}`, () => {
          const shape = [batch!, classes!];
          const logits = values(shape, classes!).map((v) => v * scale);
          const oneHot = new Float32Array(logits.length);
          for (let example = 0; example < batch!; example++) {
            oneHot[example * classes! + (example * 7) % classes!] = 1;
          }
          for (const last of ["logits", "dLogits", "losses"] as const) {
            const actual = run(build, logits, oneHot, classes!, last);
            const expected = softmaxCrossEntropyReference(
              logits,
              oneHot,
              classes!,
            );
            // 2e-7: the loss is rounded to float32 once, and its exponentials
            // are right to two units in the last place.
            assertClose(actual.losses, expected.losses, 2e-7);
            assertClose(actual.dLogits, expected.dLogits, 2e-7);
          }
        });
      }
    }
  });

  Deno.test(`softmaxCrossEntropy() raises e to any power right to two units in the last place, ${build} build`, () => {
    // A power of two, so that dividing by it loses nothing, down to e⁻⁷⁵.
    const batch = 4096;
    const logits = new Float32Array(2 * batch);
    const oneHot = new Float32Array(2 * batch);
    for (let example = 0; example < batch; example++) {
      logits[2 * example + 1] = -75 * (example / batch) ** 2;
      oneHot[2 * example] = 1;
    }
    const { dLogits } = run(build, logits, oneHot, 2, "dLogits");
    for (let example = 0; example < batch; example++) {
      const power = Math.exp(logits[2 * example + 1]!);
      const expected = power / (1 + power);
      const error = Math.abs(dLogits[2 * example + 1]! * batch / expected - 1);
      assertLess(error, 2 ** -22);
    }
  });

  Deno.test(`softmaxCrossEntropy() carries NaN and infinity, ${build} build`, () => {
    const logits = Float32Array.of(
      ...[NaN, 0, 1],
      ...[Infinity, 0, 1],
      ...[-Infinity, 0, 1],
      ...[-Infinity, -Infinity, -Infinity],
      ...[-1e30, 0, 1e30],
    );
    const oneHot = Float32Array.from(
      logits,
      (_, index) => Number(index % 3 > 1),
    );
    const expected = softmaxCrossEntropyReference(logits, oneHot, 3);
    assertEquals([...expected.losses], [NaN, NaN, NaN, NaN, 0]);
    const { losses, dLogits } = run(build, logits, oneHot, 3, "dLogits");
    assertEquals([...losses], [...expected.losses]);
    for (const [index, value] of expected.dLogits.entries()) {
      const difference = Math.abs(dLogits[index]! - value);
      assertEquals(
        Number.isNaN(value) ? dLogits[index] : difference < 1e-7,
        Number.isNaN(value) ? NaN : true,
      );
    }
  });
}

function run(
  build: Build,
  logits: Float32Array,
  oneHot: Float32Array,
  classes: number,
  last: "logits" | "losses" | "dLogits",
) {
  const batch = logits.length / classes;
  const buffers = { logits, oneHot, losses: batch, dLogits: logits.length };
  return runGuarded(build, buffers, last, (kernels, at) => {
    kernels.softmaxCrossEntropy(
      at.logits,
      at.oneHot,
      at.losses,
      at.dLogits,
      batch,
      classes,
    );
  });
}
