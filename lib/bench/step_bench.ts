/**
 * A training step of the comparison's network, with the layers and gradients
 * of TensorFlow.js as the baseline: `deno bench lib/bench`.
 */

import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import { CLASSES, type Digits, PIXELS } from "../mnist/mod.ts";
import { createRandom } from "../random/mod.ts";
import { layersTrainer } from "./_layers_trainer.ts";
import { startContender } from "./contender.ts";

await startWasmBackend();
registerTrainingKernels();

const BATCH = 128;
const SEED = 7;

/** A batch of noise: MNIST would have to be read. */
function noise(): Digits {
  const random = createRandom(SEED);
  return {
    images: Uint8Array.from({ length: BATCH * PIXELS }, random.uint32),
    labels: Uint8Array.from({ length: BATCH }, (_, i) => i % CLASSES),
  };
}

const digits = noise();
const layers = layersTrainer(digits, BATCH, SEED);
const contender = await startContender(digits, {
  workers: 1,
  batch: BATCH,
  forwardBatch: BATCH,
  seed: SEED,
});

/** Whoever guesses has a loss of ln 10. */
function checkFirstLoss(name: string, loss: number): void {
  if (Math.abs(loss - Math.log(CLASSES)) > 1) {
    throw new RangeError(
      `Cannot time ${name} as its first loss must be within 1 of ln 10: current loss is ${loss}`,
    );
  }
}

checkFirstLoss("layers", await layers());
checkFirstLoss("the trainer", (await contender.trainStep()).loss);

const group = `a training step of ${BATCH} images, one thread`;
Deno.bench("layers and gradients of TensorFlow.js", {
  group,
  baseline: true,
}, async () => {
  await layers();
});
Deno.bench("this project's trainer", { group }, async () => {
  await contender.trainStep();
});
