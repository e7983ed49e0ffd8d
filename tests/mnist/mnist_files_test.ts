import { assertEquals, assertMatch } from "@std/assert";
import { MNIST_FILES } from "@lib/mnist/mod.ts";

Deno.test("MNIST_FILES are four files with a SHA-256 each", () => {
  assertEquals(MNIST_FILES.map(({ name }) => name).sort(), [
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
  ]);
  for (const { sha256 } of MNIST_FILES) assertMatch(sha256, /^[0-9a-f]{64}$/);
  assertEquals(new Set(MNIST_FILES.map(({ sha256 }) => sha256)).size, 4);
});
