/**
 * What the tests of all optimizers try.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import { assertClose, values } from "./_parity.ts";

const SHAPES = { a: [3, 7], b: [5] };

/** The variables, by name. */
function createWeights(): tf.Variable[] {
  return Object.entries(SHAPES).map(([name, shape], index) =>
    tf.tidy(() =>
      tf.variable(tf.tensor(values(shape, index), shape), true, name)
    )
  );
}

/** One step with seeded gradients; in every third, `b` has none. */
function step(optimizer: tf.Optimizer, index: number): void {
  const gradients = Object.entries(SHAPES).map(([name, shape], place) => ({
    name,
    tensor: name === "b" && index % 3 === 1
      ? null as unknown as tf.Tensor
      : tf.tensor(values(shape, 100 + 10 * index + place), shape),
  }));
  optimizer.applyGradients(gradients);
  tf.dispose(gradients.map(({ tensor }) => tensor));
}

/** Names of the state, and all numbers: the weights', then the state's. */
interface Outcome {
  names: string[];
  numbers: Float32Array;
}

async function outcome(
  optimizer: tf.Optimizer,
  weights: tf.Variable[],
): Promise<Outcome> {
  const state = await optimizer.getWeights();
  const tensors = [...weights, ...state.map(({ tensor }) => tensor)];
  const numbers = tensors.flatMap((tensor) => [...tensor.dataSync()]);
  state[0]!.tensor.dispose(); // iterations: made for the caller
  return {
    names: state.map(({ name }) => name),
    numbers: Float32Array.from(numbers),
  };
}

/** What 50 steps on a backend come to. */
export async function fiftySteps(
  backend: "wasm" | "cpu",
  create: () => tf.Optimizer,
): Promise<Outcome> {
  await tf.setBackend(backend);
  try {
    const optimizer = create();
    const weights = createWeights();
    for (let index = 0; index < 50; index++) step(optimizer, index);
    const result = await outcome(optimizer, weights);
    optimizer.dispose();
    tf.dispose(weights);
    return result;
  } finally {
    await tf.setBackend("wasm");
  }
}

/** Fails if a step changes what shares the memory of weights or state. */
export async function assertClonesStay(create: () => tf.Optimizer) {
  const optimizer = create();
  const weights = createWeights();
  step(optimizer, 0);
  const state = await optimizer.getWeights();
  const held = [...weights, ...state.slice(1).map(({ tensor }) => tensor)];
  const clones = held.map((tensor) => tensor.clone());
  const before = clones.map((clone) => [...clone.dataSync()]);
  assertStrictEquals(clones[0]!.dataId, weights[0]!.dataId);
  step(optimizer, 2);
  assertEquals(clones.map((clone) => [...clone.dataSync()]), before);
  for (const [index, tensor] of held.entries()) {
    assertNotEquals([...tensor.dataSync()], before[index]);
  }
  optimizer.dispose();
  tf.dispose([weights, clones, state[0]!.tensor]);
}

/** Fails unless tensors and buffers are as many as before, after `dispose()`. */
export async function assertNothingLeaks(create: () => tf.Optimizer) {
  const count = () => ({
    tensors: tf.memory().numTensors,
    buffers: tf.memory().numDataBuffers,
    dataIds: (tf.backend() as unknown as { numDataIds(): number }).numDataIds(),
  });
  const before = count();
  const optimizer = create();
  const weights = createWeights();
  step(optimizer, 0);
  const running = count();
  for (let index = 1; index < 10; index++) step(optimizer, index);
  assertEquals(count(), running);
  await outcome(optimizer, weights);
  assertEquals(count(), running);
  optimizer.dispose();
  tf.dispose(weights);
  // The shipped momentum optimizer keeps its learning rate when disposed of.
  if (optimizer.getClassName() === "Momentum") {
    (optimizer as unknown as { c: tf.Tensor }).c.dispose();
  }
  assertEquals(count(), before);
}

/** Fails unless an optimizer goes on from `getWeights()` as one that never stopped. */
export async function assertResumes(create: () => tf.Optimizer) {
  const whole = create();
  let weights = createWeights();
  for (let index = 0; index < 4; index++) step(whole, index);
  const expected = await outcome(whole, weights);
  whole.dispose();
  tf.dispose(weights);

  const first = create();
  weights = createWeights();
  step(first, 0);
  step(first, 1);
  const saved = (await first.getWeights())
    .map(({ name, tensor }) => ({ name, tensor: tensor.clone() }));
  first.dispose();
  const second = create();
  await second.setWeights(saved);
  tf.dispose(saved.map(({ tensor }) => tensor));
  step(second, 2);
  step(second, 3);
  const resumed = await outcome(second, weights);
  assertEquals(resumed.names, expected.names);
  // 1e-5: Adam's setWeights() takes powers of its betas, which are products,
  // each rounded, where it does not stop.
  assertClose(resumed.numbers, expected.numbers, 1e-5);
  second.dispose();
  tf.dispose(weights);
}
