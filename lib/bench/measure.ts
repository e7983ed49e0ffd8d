/**
 * The whole measurement of `deno task bench`.
 *
 * @module
 */

import { resourceUsage } from "node:process";
import { trainingKernelOptions, wasmPeak } from "../kernels/mod.ts";
import { type Batch, batches, type Digits } from "../mnist/mod.ts";
import { type BenchResult, benchResult, PIECE } from "./bench_result.ts";
import { startComposed } from "./composed.ts";
import { type Contender, startContender } from "./contender.ts";
import { startIndependent } from "./independent.ts";
import { kernelCases } from "./kernel_cases.ts";
import { describeMachine } from "./machine.ts";
import { type PyTorchPeer, startPyTorch } from "./pytorch_peer.ts";
import { rate } from "./rate.ts";
import { type Piece, runRounds } from "./run_rounds.ts";

/** Every choice of a run. */
export interface MeasureOptions {
  /** What the digits are, for the person. */
  data: string;
  /** Threads of this project at most. */
  workers: number;
  rounds: number;
  /** Of each piece in each round. */
  seconds: number;
  seed: number;
  /** What may start PyTorch; the first that has it is taken. */
  pythons: [program: string, ...args: string[]][];
  /** Called before each round, with its number from 1. */
  onRound?: (round: number) => void;
}

/** Digits in a step. */
const BATCH = 128;
/**
 * Training warms up for so many times the seconds of a piece, which is 8 s with
 * the usual half a second: V8 goes on compiling for that long, in every thread
 * anew. PyTorch compiles nothing, and is warm after some steps.
 */
const WARM_UP = 16;
/** Digits in a call of this project's forward: some for each thread. */
const FORWARD_BATCH = 8 * BATCH;
/** Digits in a call of a kernel: the eighth of a batch that a thread takes. */
const SHARD = BATCH / 8;

/**
 * Times this project, the baseline, the kernels and PyTorch by turns. The WASM
 * backend runs already, with the training kernels.
 *
 * @param digits As many as both sides go round in, a multiple of 1,024.
 */
export async function measure(
  digits: Digits,
  options: MeasureOptions,
): Promise<BenchResult> {
  const { workers: most, data, rounds, seconds, seed, onRound } = options;
  const workers = most === 1 ? [1] : [1, most];
  const machine = await describeMachine();
  const open: { close(): void | Promise<void> }[] = [];
  const opened = <Thing extends typeof open[number]>(thing: Thing) => {
    open.push(thing);
    return thing;
  };
  try {
    const contenders: [workers: number, Contender][] = [];
    for (const count of workers) {
      const contender = opened(
        await startContender(digits, {
          workers: count,
          batch: BATCH,
          forwardBatch: FORWARD_BATCH,
          seed,
        }),
      );
      contenders.push([count, contender]);
      await warmUp(contender, seconds);
    }
    // The rest of this function needs memory that is not the contender's.
    const peakMemoryMB = resourceUsage().maxRSS / 1024;
    const independent = opened(
      await startIndependent(most, {
        digits,
        batch: BATCH,
        seed,
        kernels: trainingKernelOptions(),
      }),
    );
    await independent.run(WARM_UP * seconds);
    const composed = opened(
      await startComposed({ digits, batch: BATCH, seed }),
    );
    await composed.run(WARM_UP * seconds);
    const kernels = opened(kernelCases(firstDigits(digits, SHARD), seed));
    const pytorch = await startPyTorch(options.pythons);
    const candidates = "build" in pytorch
      ? await opened(pytorch).prepare({
        digits,
        batch: BATCH,
        threads: machine.cores,
        seed,
      })
      : [];
    const figures = await runRounds([
      { name: PIECE.peak, run: peakFlops },
      ...contenders.flatMap(([count, contender]) =>
        contenderPieces(count, contender)
      ),
      { name: PIECE.independent, run: (time) => independent.run(time) },
      ...candidates.map((_, index) => ({
        name: PIECE.pytorch(index),
        run: (time: number) => (pytorch as PyTorchPeer).run(index, time),
      })),
      { name: PIECE.composed, run: (time) => composed.run(time) },
      ...kernels.cases.map(({ name, run }) => ({
        name: PIECE.kernel(name),
        run: (time: number) => rate(run, time),
      })),
    ], { rounds, seconds, ...(onRound ? { onRound } : {}) });
    return benchResult({
      setup: {
        data,
        seed,
        rounds,
        seconds,
        batch: BATCH,
        forwardBatch: FORWARD_BATCH,
        shard: SHARD,
        workers,
        ...machine,
        peakMemoryMB,
      },
      figures,
      kernels: kernels.cases,
      pytorch: "build" in pytorch
        ? { build: pytorch.build, candidates }
        : pytorch,
    });
  } finally {
    for (const thing of open) await thing.close();
  }
}

/** Compiles what runs, and lets the memory grow to what it will be. */
async function warmUp(contender: Contender, seconds: number): Promise<void> {
  await rate(() => contender.trainStep(), WARM_UP * seconds);
  await rate(() => contender.predict(), seconds);
}

function contenderPieces(workers: number, contender: Contender): Piece[] {
  return [
    {
      name: PIECE.train(workers),
      run: async (seconds) =>
        BATCH * await rate(() => contender.trainStep(), seconds),
    },
    {
      name: PIECE.forward(workers),
      run: async (seconds) =>
        FORWARD_BATCH * await rate(() => contender.predict(), seconds),
    },
  ];
}

/** FLOP/s of the loop that stays in registers. */
async function peakFlops(seconds: number): Promise<number> {
  let flop = 0;
  const calls = await rate(() => {
    flop = wasmPeak();
  }, seconds);
  return calls * flop;
}

function firstDigits(digits: Digits, count: number): Batch {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  return batches(digits, order, count).next().value!;
}
