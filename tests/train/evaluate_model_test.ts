import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import type { Digits } from "@lib/mnist/mod.ts";
import { computeMetrics, createModel, predict } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { evaluateModel, judge } from "@lib/train/mod.ts";

await startWasmBackend();

const MODEL = createModel("small", 7);

/** Noise in turns of seven from faint to full, labeled 0 to 9 in turns. */
function noise(count: number): Digits {
  const random = createRandom(1);
  return {
    images: Uint8Array.from(
      { length: count * 784 },
      (_, i) => random.next() * 256 * (1 + Math.floor(i / 784) % 7) / 7,
    ),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
  };
}

function scaled(images: Uint8Array): Float32Array {
  return Float32Array.from(images, (value) => value / 255);
}

// More than the 500 that are scaled at a time.
Deno.test("evaluateModel() agrees with the metrics of predict()", () => {
  const digits = noise(507);
  const { probabilities, ...metrics } = evaluateModel(MODEL, digits);
  const expected = predict(MODEL, scaled(digits.images));
  assertEquals(probabilities, expected);
  assertEquals(metrics, computeMetrics(expected, digits.labels));
  assertEquals(metrics.count, 507);
});

// Sums of float32 products may be taken in another order for another batch.
Deno.test("evaluateModel() keeps the order of the digits", () => {
  const digits = noise(502);
  const { probabilities } = evaluateModel(MODEL, digits);
  const rowOf = (index: number) =>
    probabilities.slice(index * 10, index * 10 + 10);
  for (const index of [0, 1, 499, 500, 501]) {
    const image = digits.images.subarray(index * 784, index * 784 + 784);
    const alone = predict(MODEL, scaled(image));
    assert(
      rowOf(index).every((value, i) => Math.abs(value - alone[i]!) < 1e-5),
      `digit ${index} got [${rowOf(index)}], alone [${alone}]`,
    );
  }
  assertNotEquals(rowOf(0), rowOf(500));
});

Deno.test("evaluateModel() judges the same digits alike, whatever came before", () => {
  const digits = noise(3);
  const once = evaluateModel(MODEL, digits);
  evaluateModel(MODEL, noise(8));
  assertEquals(evaluateModel(MODEL, digits), once);
  assertEquals(digits, noise(3));
});

// By hand: a 3 that is taken for no digit, and a 4 that is taken for a 9.
Deno.test("judge() asks about digits alone and counts what it would reject", () => {
  const eleven = new Float32Array(22);
  eleven.set([0.3], 3);
  eleven.set([0.1], 1);
  eleven.set([0.6], 10);
  eleven.set([0.9], 11 + 9);
  eleven.set([0.1], 11 + 4);
  const { noDigits, correct, confusion, probabilities } = judge(
    eleven,
    Uint8Array.of(3, 4),
  );
  assertEquals([noDigits, correct, probabilities.length], [1, 1, 20]);
  assertEquals([confusion[3]![3], confusion[4]![9]], [1, 1]);
});
