import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { findTemperature, temper } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";

/** Rows that mean what they say: each label is drawn by its row. */
function honest(count: number, outputs: number) {
  const random = createRandom(7);
  const probabilities = new Float32Array(count * outputs);
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const odds = Array.from(
      { length: outputs },
      () => Math.exp(4 * random.next()),
    );
    const sum = odds.reduce((a, b) => a + b);
    probabilities.set(odds.map((each) => each / sum), index * outputs);
    let rest = random.next() * sum;
    labels[index] = odds.findIndex((each) => (rest -= each) < 0);
  }
  return { probabilities, labels };
}

for (const outputs of [10, 11]) {
  Deno.test(`findTemperature() finds what ${outputs} probabilities were made sure by`, () => {
    const { probabilities, labels } = honest(2000, outputs);
    const temperature = findTemperature(probabilities, labels);
    // As many labels as these say so to about 3 %.
    assertAlmostEquals(temperature, 1, 0.1);
    for (const factor of [0.5, 2]) {
      const changed = temper(probabilities, outputs, factor);
      assertAlmostEquals(
        findTemperature(changed, labels) * factor,
        temperature,
        1e-5, // Probabilities are rounded to 24 bits.
      );
    }
  });
}

Deno.test("findTemperature() gives the least cross-entropy", () => {
  const { probabilities, labels } = honest(500, 10);
  const crossEntropy = (temperature: number) => {
    const tempered = temper(probabilities, 10, temperature);
    return labels.reduce(
      (sum, label, index) => sum - Math.log(tempered[index * 10 + label]!),
      0,
    );
  };
  const found = findTemperature(probabilities, labels);
  const least = crossEntropy(found);
  for (const factor of [0.8, 0.95, 1.05, 1.25]) {
    assertEquals(crossEntropy(found * factor) > least, true, `${factor}`);
  }
});

Deno.test("findTemperature() is 1 where no digit is wrong", () => {
  const probabilities = Float32Array.of(0.6, 0.4, 0.3, 0.7);
  assertEquals(findTemperature(probabilities, Uint8Array.of(0, 1)), 1);
});

Deno.test("findTemperature() ends at 100 where sureness is no sign of being right", () => {
  const probabilities = Float32Array.of(0.9, 0.1, 0.9, 0.1);
  const temperature = findTemperature(probabilities, Uint8Array.of(1, 1));
  assertAlmostEquals(temperature, 100, 1e-6);
});

Deno.test("findTemperature() counts a label with no chance as a great mistake", () => {
  const probabilities = Float32Array.of(1, 0, 1, 0, 1, 0);
  const temperature = findTemperature(probabilities, Uint8Array.of(0, 0, 1));
  // Odds of 2^149 are to become odds of 2, which is more than is looked for.
  assertAlmostEquals(temperature, 100, 1e-6);
});

Deno.test("findTemperature() rejects rows that do not fit the labels", () => {
  const message =
    "Cannot find a temperature as the probabilities must be [count, outputs] and the labels [count]: current lengths are ";
  assertThrows(
    () => findTemperature(new Float32Array(25), new Uint8Array(2)),
    TypeError,
    `${message}25 and 2`,
  );
  assertThrows(
    () => findTemperature(new Float32Array(0), new Uint8Array(0)),
    TypeError,
    `${message}0 and 0`,
  );
});
