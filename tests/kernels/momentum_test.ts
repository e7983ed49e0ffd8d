import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { momentumReference } from "@lib/kernels/reference/momentum.ts";
import { BUILDS, runGuarded } from "./_guarded.ts";
import {
  assertClonesStay,
  assertNothingLeaks,
  assertResumes,
  fiftySteps,
} from "./_optimizer_checks.ts";
import { assertClose, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

// By hand: a = 0.5 · [2, 4] + [1, NaN] = [2, NaN]; 10 - 0.25 · 2, and with
// Nesterov 10 - 0.25 · (1 + 0.5 · 2).
Deno.test("momentumStep() moves by what it has gathered", () => {
  for (const [useNesterov, moved] of [[false, 9.5], [true, 9.5]] as const) {
    tf.tidy(() => {
      const [value, accumulation] = tf.engine().runKernel("MomentumStep", {
        value: tf.tensor1d([10, 1]),
        accumulation: tf.tensor1d([2, 4]),
        gradient: tf.tensor1d([1, NaN]),
      }, { learningRate: 0.25, momentum: 0.5, useNesterov }) as tf.Tensor[];
      assertEquals([...accumulation!.dataSync()], [2, NaN]);
      assertEquals([...value!.dataSync()], [moved, NaN]);
    });
  }
});

Deno.test("momentumStep() agrees with the loop at every length", () => {
  for (const useNesterov of [false, true]) {
    const attrs = { learningRate: 0.1, momentum: 0.9, useNesterov };
    for (const length of [0, 1, 3, 4, 7, 64, 1001]) {
      const state = {
        value: values([length], 1),
        accumulation: values([length], 2),
        gradient: values([length], 3),
      };
      const expected = momentumReference(state, attrs);
      for (const build of BUILDS) {
        const { to, newAccumulation } = runGuarded(
          build,
          { ...state, to: length, newAccumulation: length },
          "gradient",
          (kernels, at) =>
            kernels.momentum(
              at.value,
              at.accumulation,
              at.gradient,
              at.to,
              at.newAccumulation,
              length,
              0.9,
              0.1,
              useNesterov,
            ),
        );

        // 1e-6: four operations in float32.
        assertClose(to, expected.value, 1e-6);
        assertClose(newAccumulation, expected.accumulation, 1e-6);
      }
    }
  }
});

Deno.test("momentumStep() is what tf.train.momentum() makes of 50 steps on the cpu backend", async () => {
  for (const useNesterov of [false, true]) {
    const create = () => tf.train.momentum(0.01, 0.9, useNesterov);
    const here = await fiftySteps("wasm", create);
    assertEquals(here.names, ["iter", "a/momentum", "b/momentum"]);
    const there = await fiftySteps("cpu", create);
    assertEquals(here.names, there.names);
    // 1e-5: 50 steps of a few float32 operations each.
    assertClose(here.numbers, there.numbers, 1e-5);
  }
});

Deno.test("momentumStep() leaves clones of weights and state as they were", async () => {
  await assertClonesStay(() => tf.train.momentum(0.1, 0.9));
});

Deno.test("momentumStep() leaves no tensor and no memory behind", async () => {
  await assertNothingLeaks(() => tf.train.momentum(0.1, 0.9));
});

Deno.test("momentumStep() goes on from saved weights where it stopped", async () => {
  await assertResumes(() => tf.train.momentum(0.1, 0.9));
});
