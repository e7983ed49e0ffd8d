import { assert, assertRejects } from "@std/assert";
import { startIndependent } from "@lib/bench/independent.ts";
import { createRandom } from "@lib/random/mod.ts";
import { testThatNeeds } from "../needs.ts";

const NEEDS = { read: ["lib"] };

/** Two batches of noise. */
function noise() {
  const random = createRandom(5);
  return {
    images: Uint8Array.from({ length: 32 * 784 }, random.uint32),
    labels: Uint8Array.from({ length: 32 }, (_, i) => i % 10),
  };
}

testThatNeeds(
  NEEDS,
  "startIndependent() trains in each thread, and adds up what they do",
  async () => {
    const task = { digits: noise(), batch: 16, seed: 7, kernels: {} };
    const threads = await startIndependent(2, task);
    const both = await threads.run(0.01);
    assert(both > 0 && both < Infinity);
    // A batch in each second: both have taken a step.
    assert(await threads.run(1e-6) > 0);
    threads.close();
  },
);

testThatNeeds(
  NEEDS,
  "startIndependent() says why a thread cannot go on, and ends the others",
  async () => {
    const task = { digits: noise(), batch: 16, seed: -1, kernels: {} };
    await assertRejects(
      () => startIndependent(2, task),
      Error,
      "Cannot time a network of its own as its thread must go on: RangeError: Cannot seed a generator",
    );
  },
);
