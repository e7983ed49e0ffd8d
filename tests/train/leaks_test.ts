import * as tf from "@tensorflow/tfjs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { assertEquals, assertLess } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { fitSeeded, startTeam } from "@lib/train/mod.ts";
import { tinyDigits, tinyModel } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

const STEPS = 2000;
const MB = 2 ** 20;

// The only way to it that needs no flag on the command line.
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** What is held, garbage aside. */
function held() {
  collectGarbage();
  const { numTensors, numBytes } = tf.memory();
  const { wasm } = tf.backend() as unknown as {
    wasm: { asm: { memory: WebAssembly.Memory } };
  };
  const { heapUsed, rss } = Deno.memoryUsage();
  return {
    tensors: [numTensors, numBytes],
    backendBytes: wasm.asm.memory.buffer.byteLength,
    heapBytes: heapUsed,
    processBytes: rss,
  };
}

/** When the memory is looked at, in steps. */
const LOOKS = [100, 1000, STEPS];

/** Counts the steps, and looks at the memory after some of them. */
function watch() {
  let steps = 0;
  const looks: ReturnType<typeof held>[] = [];
  return {
    step() {
      steps++;
      if (LOOKS.includes(steps)) looks.push(held());
    },
    assertFlat() {
      assertEquals(steps, STEPS);
      const first = looks[0]!;
      for (const { tensors, backendBytes } of looks) {
        assertEquals(tensors, first.tensors);
        assertEquals(backendBytes, first.backendBytes);
      }
      const last = looks.at(-1)!;
      // Code is still compiled anew now and then; 1 kB that a step keeps would
      // be 1.8 MB.
      assertLess(last.heapBytes - first.heapBytes, 1 * MB);
      // Within the first thousand steps code is compiled, once for all, which
      // takes up to 15 MB. The two images of a step, kept as floats, would be
      // 6 MB in the second thousand.
      const half = looks.at(-2)!;
      assertLess(last.processBytes - half.processBytes, 5 * MB);
      assertLess(last.processBytes - first.processBytes, 25 * MB);
    },
  };
}

Deno.test("startTeam() holds no more after 2,000 steps than after the first hundred", async () => {
  const model = tinyModel(7);
  const digits = tinyDigits(2);
  const team = await startTeam(model, {
    batchSize: 2,
    seed: 7,
    augment: 1,
    workers: 1,
  });
  const memory = watch();
  for (let step = 0; step < STEPS; step++) {
    await team.trainStep(digits, Uint32Array.of(0, 1), 1e-3);
    memory.step();
  }
  team.close();
  model.dispose();
  memory.assertFlat();
});

Deno.test("fitSeeded() holds no more after 2,000 steps than after the first hundred", async () => {
  const model = tinyModel(7);
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
  const x = tf.ones([100, 28, 28, 1]);
  const y = tf.oneHot([...tinyDigits(100).labels], 10);
  const memory = watch();
  await fitSeeded(model, x, y, {
    seed: 7,
    batchSize: 2,
    epochs: STEPS / 50,
    yieldEvery: "never",
    callbacks: { onBatchEnd: () => void memory.step() },
    screen: { isTerminal: false, print: () => {}, redraw: () => {} },
  });
  model.dispose();
  memory.assertFlat();
});
