/**
 * What a run of `deno task bench` found, from the figures of its rounds.
 *
 * @module
 */

import type { KernelCase } from "./kernel_cases.ts";
import type { Machine } from "./machine.ts";
import type {
  NoPyTorch,
  PyTorchBuild,
  PyTorchCandidate,
} from "./pytorch_peer.ts";
import type { Figures } from "./run_rounds.ts";
import { type Spread, spread } from "./spread.ts";

/** What the pieces are called. */
export const PIECE = {
  /** Images/s. */
  train: (workers: number) => `train ${workers}`,
  /** Images/s. */
  forward: (workers: number) => `forward ${workers}`,
  /** Images/s of as many threads that share nothing, together. */
  independent: "independent",
  /** Images/s without the WebAssembly of this project. */
  composed: "composed",
  /** FLOP/s of the register-only loop. */
  peak: "peak",
  /** Calls/s. */
  kernel: (name: string) => `kernel ${name}`,
  /** Images/s, by the candidate's index. */
  pytorch: (candidate: number) => `pytorch ${candidate}`,
};

/** What was measured, and on what. */
export interface BenchSetup extends Machine {
  /** Where the images are from. */
  data: string;
  seed: number;
  rounds: number;
  /** Seconds of each piece in each round. */
  seconds: number;
  /** Images in a training step, and in one of PyTorch's forward. */
  batch: number;
  /** Images in a call of this project's forward. */
  forwardBatch: number;
  /** Images in a call of a kernel. */
  shard: number;
  /** 1, and as many as were asked for. */
  workers: number[];
  /** The most that this process has held, after training and forward. */
  peakMemoryMB: number;
}

/** A kernel's figures. */
export interface KernelResult extends Pick<KernelCase, "name" | "group"> {
  microseconds: Spread;
  /** By the definition's operations. */
  gflops: Spread;
  /** By the definition's operations, 0…1 or more. */
  shareOfPeak: Spread;
  /** By the operations really done. */
  doneShareOfPeak: Spread;
}

/** PyTorch's figures. */
export interface PyTorchResult extends PyTorchBuild {
  candidates: (PyTorchCandidate & { imagesPerSecond: Spread })[];
}

/** The object that `--json` prints. */
export interface BenchResult extends BenchSetup {
  /**
   * All workers to the best of PyTorch as a person runs it, round by round:
   * eager, as installed, on one thread or on all, in either memory format.
   */
  trainRatioToPyTorch: Spread | null;
  /** All workers to the best of PyTorch in any way that was found. */
  trainRatioToPyTorchTuned: Spread | null;
  /** One worker to the best of PyTorch on one thread, as a person runs it. */
  trainRatioToPyTorchOneThread: Spread | null;
  /** As `trainRatioToPyTorch`. */
  forwardRatioToPyTorch: Spread | null;
  /** As `trainRatioToPyTorchTuned`. */
  forwardRatioToPyTorchTuned: Spread | null;
  /** As `trainRatioToPyTorchOneThread`. */
  forwardRatioToPyTorchOneThread: Spread | null;
  /** By number of workers. */
  trainImagesPerSecond: Record<string, Spread>;
  /** By number of workers. */
  forwardImagesPerSecond: Record<string, Spread>;
  /** All workers to one, training. */
  workerSpeedup: Spread;
  /** As many workers as all, each training a network of its own, together. */
  independentImagesPerSecond: Spread;
  /**
   * These to one worker: what the machine leaves to be reached where nothing is
   * shared and nobody waited for.
   */
  independentSpeedup: Spread;
  /** One worker, without the WebAssembly of this project. */
  composedImagesPerSecond: Spread;
  /** Of one core. */
  wasmPeakGflops: Spread;
  /** The convolutions of a step by the definition's operations. */
  convShareOfPeak: Spread;
  /** The same by the operations really done. */
  convDoneShareOfPeak: Spread;
  /** Plain convolutions by the definition, on gradients without zeros. */
  denseConvShareOfPeak: Spread;
  kernels: KernelResult[];
  pytorch: PyTorchResult | null;
  /** Why there is no PyTorch; null where there is. */
  pytorchAbsent: string[] | null;
}

/** What `benchResult()` makes its object of. */
export interface Measured {
  setup: BenchSetup;
  figures: Figures;
  kernels: Pick<KernelCase, "name" | "group" | "flop" | "done">[];
  pytorch: NoPyTorch | { build: PyTorchBuild; candidates: PyTorchCandidate[] };
}

/** Turns the figures of all rounds into medians with their spread. */
export function benchResult(
  { setup, figures, kernels, pytorch }: Measured,
): BenchResult {
  const of = (name: string) => figures.get(name)!;
  const byWorkers = (name: (workers: number) => string) =>
    Object.fromEntries(
      setup.workers.map((workers) => [workers, spread(of(name(workers)))]),
    );
  const all = setup.workers.at(-1)!;
  const peak = of(PIECE.peak);

  const candidates = "candidates" in pytorch ? pytorch.candidates : [];
  /** PyTorch's best of each round; undefined without one. */
  const best = (allowed: (candidate: PyTorchCandidate) => boolean) =>
    candidates
      .flatMap((candidate, index) =>
        allowed(candidate) ? [of(PIECE.pytorch(index))] : []
      )
      .reduce<number[] | undefined>(
        (most, figures) =>
          figures.map((figure, round) => Math.max(figure, most?.[round] ?? 0)),
        undefined,
      );
  const ratio = (
    ours: number[],
    allowed: (candidate: PyTorchCandidate) => boolean,
  ) => {
    const theirs = best(allowed);
    return theirs ? spread(quotients(ours, theirs)) : null;
  };

  /** Operations a second of kernels one after the other, to the peak's. */
  const shareOfPeak = (
    some: Measured["kernels"],
    operations: "flop" | "done",
  ) => {
    const total = some.reduce((sum, kernel) => sum + kernel[operations], 0);
    return spread(peak.map((most, round) => {
      const seconds = some.reduce(
        (sum, { name }) => sum + 1 / of(PIECE.kernel(name))[round]!,
        0,
      );
      return total / seconds / most;
    }));
  };
  const inGroup = (wanted: KernelCase["group"]) =>
    kernels.filter(({ group }) => group === wanted);

  return {
    trainRatioToPyTorch: ratio(
      of(PIECE.train(all)),
      (way) => way.piece === "train" && !isTuned(way),
    ),
    trainRatioToPyTorchTuned: ratio(
      of(PIECE.train(all)),
      ({ piece }) => piece === "train",
    ),
    trainRatioToPyTorchOneThread: ratio(
      of(PIECE.train(1)),
      (way) => way.piece === "train" && way.threads === 1 && !isTuned(way),
    ),
    forwardRatioToPyTorch: ratio(
      of(PIECE.forward(all)),
      (way) => way.piece === "forward" && !isTuned(way),
    ),
    forwardRatioToPyTorchTuned: ratio(
      of(PIECE.forward(all)),
      ({ piece }) => piece === "forward",
    ),
    forwardRatioToPyTorchOneThread: ratio(
      of(PIECE.forward(1)),
      (way) => way.piece === "forward" && way.threads === 1 && !isTuned(way),
    ),
    trainImagesPerSecond: byWorkers(PIECE.train),
    forwardImagesPerSecond: byWorkers(PIECE.forward),
    workerSpeedup: spread(quotients(of(PIECE.train(all)), of(PIECE.train(1)))),
    independentImagesPerSecond: spread(of(PIECE.independent)),
    independentSpeedup: spread(
      quotients(of(PIECE.independent), of(PIECE.train(1))),
    ),
    composedImagesPerSecond: spread(of(PIECE.composed)),
    wasmPeakGflops: spread(peak.map((flops) => flops / 1e9)),
    convShareOfPeak: shareOfPeak(inGroup("step"), "flop"),
    convDoneShareOfPeak: shareOfPeak(inGroup("step"), "done"),
    denseConvShareOfPeak: shareOfPeak(inGroup("dense"), "flop"),
    ...setup,
    kernels: kernels.map((kernel) => {
      const calls = of(PIECE.kernel(kernel.name));
      return {
        name: kernel.name,
        group: kernel.group,
        microseconds: spread(calls.map((rate) => 1e6 / rate)),
        gflops: spread(calls.map((rate) => rate * kernel.flop / 1e9)),
        shareOfPeak: shareOfPeak([kernel], "flop"),
        doneShareOfPeak: shareOfPeak([kernel], "done"),
      };
    }),
    pytorch: "build" in pytorch
      ? {
        ...pytorch.build,
        candidates: candidates.map((candidate, index) => ({
          ...candidate,
          imagesPerSecond: spread(of(PIECE.pytorch(index))),
        })),
      }
      : null,
    pytorchAbsent: "reasons" in pytorch ? pytorch.reasons : null,
  };
}

/** True for what a person would have to find out first. */
function isTuned(
  { threads, blasThreads, optimized }: PyTorchCandidate,
): boolean {
  return optimized || blasThreads !== null && blasThreads !== threads;
}

function quotients(some: number[], others: number[]): number[] {
  return some.map((value, index) => value / others[index]!);
}
