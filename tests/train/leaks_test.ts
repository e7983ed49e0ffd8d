import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assertEquals, assertLess } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { fitSeeded, startTeam } from "@lib/train/mod.ts";
import { tinyDigits, tinyModel } from "./_tiny.ts";

await startWasmBackend();
registerTrainingKernels();

const STEPS = 2000;
const WARM_UP = 100;
const MB = 2 ** 20;

/** What is held at a step. */
interface Held {
  tensors: number;
  tensorBytes: number;
  backendBytes: number;
  heapBytes: number;
  processBytes: number;
}

function held(): Held {
  const { numTensors, numBytes } = tf.memory();
  const { wasm } = tf.backend() as BackendWasm;
  const { memory } = (wasm as unknown as {
    asm: { memory: WebAssembly.Memory };
  }).asm;
  const { heapUsed, rss } = Deno.memoryUsage();
  return {
    tensors: numTensors,
    tensorBytes: numBytes,
    backendBytes: memory.buffer.byteLength,
    heapBytes: heapUsed,
    processBytes: rss,
  };
}

/** Looks at the memory at each step, and judges when all are done. */
function watch() {
  const steps: Held[] = [];
  return {
    step: () => steps.push(held()),
    assertFlat() {
      assertEquals(steps.length, STEPS);
      const after = steps.slice(WARM_UP);
      const first = after[0]!;
      for (const { tensors, tensorBytes, backendBytes } of after) {
        assertEquals(
          [tensors, tensorBytes, backendBytes],
          [first.tensors, first.tensorBytes, first.backendBytes],
        );
      }
      // Garbage comes and goes, so the lowest of an early part and of the last
      // one are compared. A kept object of 1 kB a step would be 1.4 MB.
      const lowest = (part: Held[], key: "heapBytes" | "processBytes") =>
        Math.min(...part.map((each) => each[key]));
      const early = after.slice(0, 500);
      const late = after.slice(-500);
      assertLess(
        lowest(late, "heapBytes") - lowest(early, "heapBytes"),
        1 * MB,
      );
      // The system frees pages when it likes; the images of a step, kept as
      // floats, would be 8.8 MB.
      assertLess(
        lowest(late, "processBytes") - lowest(early, "processBytes"),
        8 * MB,
      );
    },
  };
}

Deno.test("startTeam() holds no more after 2,000 steps than after the first hundred", async () => {
  const model = tinyModel(7);
  const digits = tinyDigits(2);
  const team = await startTeam(model, {
    batchSize: 2,
    seed: 7,
    augment: true,
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
  const y = tf.oneHot(tf.range(0, 100, 1, "int32").mod(10), 10);
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
