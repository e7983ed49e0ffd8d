import { assertEquals } from "@std/assert";
import { epochLine, progressLine } from "@lib/train/mod.ts";

Deno.test("epochLine() says it all in one line", () => {
  const record = {
    epoch: 1,
    trainLoss: 0.2144,
    trainAccuracy: 0.932,
    valLoss: 0.061,
    valAccuracy: 0.981,
    imagesPerSecond: 4012.3,
  };
  assertEquals(
    epochLine(record, 6),
    "Epoch 1/6 · train accuracy 93.2 % · validation accuracy 98.1 % · loss 0.214 · validation loss 0.061 · 4,012 images/s",
  );
});

// Half of the first of two epochs in 30 s: three times as much is left.
Deno.test("progressLine() fills its bar and tells the time that is left", () => {
  assertEquals(
    progressLine(1, 2, 500, 1000, 30),
    "Epoch 1/2 ████████████░░░░░░░░░░░░ 50 % · 17 images/s · 1:30 left",
  );
  assertEquals(
    progressLine(2, 2, 1000, 1000, 100),
    "Epoch 2/2 ████████████████████████ 100 % · 20 images/s · 0:00 left",
  );
  // The first epoch was done before: 500 in 25 s.
  assertEquals(
    progressLine(2, 2, 500, 1000, 25, 1000),
    "Epoch 2/2 ████████████░░░░░░░░░░░░ 50 % · 20 images/s · 0:25 left",
  );
});
