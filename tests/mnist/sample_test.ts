import { assertEquals } from "@std/assert";
import { CLASSES, loadSample, PIXELS } from "@lib/mnist/mod.ts";

Deno.test("loadSample() gives 10,000 digits as bytes, sorted by class", async () => {
  const { images, labels } = await loadSample();
  assertEquals(images.length, 10_000 * PIXELS);
  const counts = new Array(CLASSES).fill(0);
  for (const label of labels) counts[label]++;
  assertEquals(counts, [
    ...[1001, 1127, 991, 1032, 980],
    ...[863, 1014, 1070, 944, 978],
  ]);
  assertEquals(labels, labels.toSorted());
  // The package's first gray levels are 0.2, 0.624, 0.992, 0.624, 0.196.
  const ink = images.findIndex((pixel) => pixel > 0);
  assertEquals([...images.subarray(ink, ink + 5)], [51, 159, 253, 159, 50]);
});
