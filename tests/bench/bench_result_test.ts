import { assertEquals } from "@std/assert";
import { benchResult } from "@lib/bench/mod.ts";
import { measured } from "./_measured.ts";

Deno.test("benchResult() compares with PyTorch's best of each round", () => {
  const result = benchResult(measured());
  // 1900 / 900 and 2400 / 600: with BLAS on one thread it is tuned.
  assertEquals(result.trainRatioToPyTorch!.min, 1900 / 900);
  assertEquals(result.trainRatioToPyTorch!.max, 4);
  // Round 1: 1900 / 950, round 2: 2400 / 600, each with another candidate.
  assertEquals(result.trainRatioToPyTorchTuned, { median: 3, min: 2, max: 4 });
  // 1000 / 500 and 1200 / 600.
  assertEquals(result.trainRatioToPyTorchOneThread, {
    median: 2,
    min: 2,
    max: 2,
  });
  // 16000 / 8000 and 17000 / 3000, the latter on one thread.
  assertEquals(result.forwardRatioToPyTorch!.min, 2);
  assertEquals(result.forwardRatioToPyTorch!.max, 17 / 3);
  // 16000 / 10000 and 17000 / 17000.
  assertEquals(result.forwardRatioToPyTorchTuned, {
    median: 1.3,
    min: 1,
    max: 1.6,
  });
  // 8000 / 4000 and 9000 / 3000.
  assertEquals(result.forwardRatioToPyTorchOneThread, {
    median: 2.5,
    min: 2,
    max: 3,
  });
  assertEquals(result.pytorchAbsent, null);
  assertEquals(result.pytorch!.version, "1.13");
  assertEquals(result.pytorch!.candidates[2], {
    piece: "train",
    threads: 2,
    blasThreads: 2,
    optimized: false,
    format: "channels_last",
    batch: 128,
    imagesPerSecond: { median: 750, min: 600, max: 900 },
  });
});

Deno.test("benchResult() has a figure for each number of workers", () => {
  const result = benchResult(measured());
  assertEquals(result.trainImagesPerSecond, {
    "1": { median: 1100, min: 1000, max: 1200 },
    "2": { median: 2150, min: 1900, max: 2400 },
  });
  assertEquals(result.forwardImagesPerSecond["2"]!.median, 16500);
  assertEquals(result.workerSpeedup, { median: 1.95, min: 1.9, max: 2 });
  assertEquals(result.independentImagesPerSecond.median, 1950);
  // 1500 / 1000 and 2400 / 1200.
  assertEquals(result.independentSpeedup, {
    median: 1.75,
    min: 1.5,
    max: 2,
  });
  assertEquals(result.composedImagesPerSecond.median, 420);
  const alone = measured();
  alone.setup.workers = [1];
  assertEquals(benchResult(alone).workerSpeedup, { median: 1, min: 1, max: 1 });
});

Deno.test("benchResult() measures kernels against the peak of their round", () => {
  const result = benchResult(measured());
  assertEquals(result.wasmPeakGflops, { median: 45, min: 40, max: 50 });
  assertEquals(result.kernels[0], {
    name: "layer",
    group: "step",
    microseconds: { median: 112.5, min: 100, max: 125 },
    gflops: { median: 9, min: 8, max: 10 },
    shareOfPeak: { median: 0.2, min: 0.2, max: 0.2 },
    doneShareOfPeak: { median: 0.1, min: 0.1, max: 0.1 },
  });
  assertEquals(result.convShareOfPeak.median, 0.2);
  assertEquals(result.convDoneShareOfPeak.median, 0.1);
  // 5 MFLOP in two kernels of 0.2 ms: 12.5 GFLOP/s of 50.
  assertEquals(result.denseConvShareOfPeak.median, 0.25);
});

Deno.test("benchResult() has null where PyTorch would be needed", () => {
  const without = measured();
  without.pytorch = { reasons: ["there is no python3"] };
  const result = benchResult(without);
  assertEquals([
    result.trainRatioToPyTorch,
    result.trainRatioToPyTorchTuned,
    result.trainRatioToPyTorchOneThread,
    result.forwardRatioToPyTorch,
    result.forwardRatioToPyTorchTuned,
    result.forwardRatioToPyTorchOneThread,
    result.pytorch,
  ], new Array(7).fill(null));
  assertEquals(result.pytorchAbsent, ["there is no python3"]);
  assertEquals(result.workerSpeedup.median, 1.95);
});

Deno.test("benchResult() is whole as JSON", () => {
  const result = benchResult(measured());
  assertEquals(JSON.parse(JSON.stringify(result)), result);
});
