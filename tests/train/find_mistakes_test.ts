import { assertEquals } from "@std/assert";
import { findMistakes } from "@lib/train/mod.ts";

Deno.test("findMistakes() gives image, label, prediction and confidence of what is wrong", () => {
  const images = new Uint8Array(2 * 784);
  images[784] = 9; // first pixel of the second digit
  const probabilities = new Float32Array(20);
  probabilities[3] = 1; // the first is a 3
  probabilities[10 + 7] = 0.75; // the second is taken for a 7
  const labels = Uint8Array.of(3, 1);
  const mistakes = findMistakes({ images, labels }, { probabilities });
  assertEquals(mistakes, [
    { image: images.subarray(784), label: 1, predicted: 7, confidence: 0.75 },
  ]);
});

Deno.test("findMistakes() finds none where all is right", () => {
  const probabilities = new Float32Array(10);
  probabilities[4] = 0.3;
  const digits = { images: new Uint8Array(784), labels: Uint8Array.of(4) };
  assertEquals(findMistakes(digits, { probabilities }), []);
});
