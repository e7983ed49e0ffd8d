/** A measurement that nobody made, in round numbers. @module */

import { type Measured, PIECE, type PyTorchCandidate } from "@lib/bench/mod.ts";

const WAYS: [PyTorchCandidate["piece"], number, number, boolean][] = [
  ["train", 1, 1, false],
  ["train", 2, 1, false],
  ["train", 2, 2, false],
  ["forward", 1, 1, false],
  ["forward", 2, 2, false],
  ["forward", 2, 2, true],
];

/** Two rounds on two cores, with PyTorch. */
export function measured(): Measured {
  return {
    setup: {
      data: "Digits of nobody",
      seed: 7,
      rounds: 2,
      seconds: 0.5,
      batch: 128,
      forwardBatch: 1024,
      shard: 16,
      workers: [1, 2],
      processor: "Abacus",
      cores: 2,
      versions: { deno: "2", v8: "15", tfjs: "4", project: null },
      peakMemoryMB: 321,
    },
    figures: new Map([
      [PIECE.peak, [50e9, 40e9]],
      [PIECE.train(1), [1000, 1200]],
      [PIECE.train(2), [1900, 2400]],
      [PIECE.independent, [1500, 2400]],
      [PIECE.forward(1), [8000, 9000]],
      [PIECE.forward(2), [16000, 17000]],
      [PIECE.composed, [400, 440]],
      // 10 and 8 GFLOP/s.
      [PIECE.kernel("layer"), [10000, 8000]],
      // 25 and 20 GFLOP/s.
      [PIECE.kernel("plain"), [5000, 4000]],
      [PIECE.kernel("plain again"), [5000, 4000]],
      [PIECE.kernel("pool"), [1000, 1000]],
      [PIECE.pytorch(0), [500, 600]],
      [PIECE.pytorch(1), [950, 480]],
      [PIECE.pytorch(2), [900, 600]],
      [PIECE.pytorch(3), [4000, 3000]],
      [PIECE.pytorch(4), [8000, 2000]],
      [PIECE.pytorch(5), [10000, 17000]],
    ]),
    kernels: [
      { name: "layer", group: "step", flop: 1e6, done: 5e5 },
      { name: "plain", group: "dense", flop: 5e6, done: 5e6 },
      { name: "plain again", group: "dense", flop: 0, done: 0 },
      { name: "pool", group: "other", flop: 1e6, done: 1e6 },
    ],
    pytorch: {
      build: {
        version: "1.13",
        python: "/bin/python",
        oneDnn: "2.6.3",
        cpuCapability: "AVX2",
        blas: "/usr/lib/libblas.so.3",
        config: "all of it",
      },
      candidates: WAYS.map(([piece, threads, blasThreads, optimized]) => ({
        piece,
        threads,
        blasThreads,
        optimized,
        format: "channels_last",
        batch: 128,
      })),
    },
  };
}
