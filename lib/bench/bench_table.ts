/**
 * What `deno task bench` prints for a person.
 *
 * @module
 */

import { basename } from "node:path";
import { percent, thousands } from "../format/numbers.ts";
import type {
  BenchResult,
  KernelResult,
  PyTorchResult,
} from "./bench_result.ts";
import type { PyTorchCandidate } from "./pytorch_peer.ts";
import type { Spread } from "./spread.ts";

/** A figure with its name, as text. */
type Row = [name: string, median: string, spread: string];

/** Share of the median over which the machine was not left alone. */
const QUIET_SPREAD = 0.2;

/** Which PyTorch the ratios are to. */
const BEST = [
  "(PyTorch's best: eager as installed, on 1 thread or all, in either format;",
  "tuned: also with BLAS kept to 1 thread or optimized; the best of each round)",
];

/** The lines of the table. */
export function benchTable(result: BenchResult): string[] {
  const sections: [title: string, rows: Row[]][] = [
    [
      "Training, images/s (composed: put together from other operations)",
      [
        ...ourRows(result.trainImagesPerSecond),
        row(
          `${allWorkers(result)}, a net each: they share nothing`,
          thousands,
          result.independentImagesPerSecond,
        ),
        row(
          "TensorFlow.js as shipped, composed gradients",
          thousands,
          result.composedImagesPerSecond,
        ),
        ...peerRows("train", result.pytorch),
      ],
    ],
    [
      "Forward only, images/s (optimized: by torch.jit.optimize_for_inference)",
      [
        ...ourRows(result.forwardImagesPerSecond),
        ...peerRows("forward", result.pytorch),
      ],
    ],
    [
      [
        "How many times as fast, round by round",
        ...(result.pytorch ? BEST : []),
      ].join("\n  "),
      ratioRows(result),
    ],
    [
      "Share of what WebAssembly multiplies and adds on registers alone, one core",
      [
        row("that, GFLOP/s", oneDecimal, result.wasmPeakGflops),
        row(
          "convolutions of a step, by definition",
          share,
          result.convShareOfPeak,
        ),
        row(
          "convolutions of a step, really done",
          share,
          result.convDoneShareOfPeak,
        ),
        row(
          "plain convolutions, all by definition",
          share,
          result.denseConvShareOfPeak,
        ),
      ],
    ],
  ];
  const names = sections.flatMap(([, rows]) => rows.map(([name]) => name));
  const width = Math.max(...names.map(({ length }) => length));
  return [
    ...head(result),
    ...sections.flatMap(([title, rows]) => [
      "",
      title,
      ...rows.map(([name, median, spread]) =>
        `  ${name.padEnd(width)}  ${median.padStart(7)}  ${spread}`
      ),
    ]),
    "",
    `Kernels, one core, ${result.shard} images a call; shares as above`,
    ...kernelLines(result.kernels),
    "",
    `Peak memory of this process, after training and forward: ${
      thousands(result.peakMemoryMB)
    } MB`,
    ...noise(result),
  ];
}

/** What was measured, and on what. */
function head(result: BenchResult): string[] {
  const { batch, forwardBatch, rounds, seconds, pytorch } = result;
  const versions = Object.entries(result.versions).flatMap(([name, version]) =>
    version === null ? [] : [`${name} ${version}`]
  );
  return [
    result.data,
    "Net: conv 32 3×3 ReLU, max pool 2×2, conv 64 3×3 ReLU, max pool 2×2, flatten, dropout 0.5, dense 10",
    `Adam, batch ${batch}; forward ${
      thousands(forwardBatch)
    } images a call, PyTorch ${batch}, which is its best`,
    `${
      counted(rounds, "round")
    }, each piece ${seconds} s by turns, seed ${result.seed}: median, min to max`,
    `${result.processor ?? "A processor without a name"}, ${
      counted(result.cores, "core")
    }; ${versions.join(", ")}`,
    ...(pytorch ? [pytorchLine(pytorch)] : [
      `No PyTorch to compare with: ${result.pytorchAbsent!.join("; ")}`,
      "On Debian and Ubuntu, sudo apt install python3-torch brings it",
    ]),
  ];
}

function pytorchLine(pytorch: PyTorchResult): string {
  const parts = [
    pytorch.oneDnn && `oneDNN ${pytorch.oneDnn}`,
    pytorch.cpuCapability && `kernels of its own for ${pytorch.cpuCapability}`,
    pytorch.blas && `BLAS ${basename(pytorch.blas)}`,
  ];
  return `PyTorch ${pytorch.version} of ${pytorch.python}: ${
    parts.filter((part) => part).join(", ")
  }`;
}

function ourRows(byWorkers: Record<string, Spread>): Row[] {
  return Object.entries(byWorkers).map(([workers, figure]) =>
    row(counted(Number(workers), "worker"), thousands, figure)
  );
}

function peerRows(
  piece: PyTorchCandidate["piece"],
  pytorch: PyTorchResult | null,
): Row[] {
  const candidates = pytorch?.candidates ?? [];
  return candidates
    .filter((candidate) => candidate.piece === piece)
    .sort((a, b) => a.threads - b.threads)
    .map((candidate) =>
      row(candidateName(candidate), thousands, candidate.imagesPerSecond)
    );
}

function candidateName(
  { threads, blasThreads, format, optimized }: PyTorchCandidate,
): string {
  return [
    "PyTorch",
    counted(threads, "thread"),
    format,
    optimized && "optimized",
    blasThreads !== null && blasThreads !== threads &&
    `BLAS on ${blasThreads}`,
  ].filter((part) => part).join(", ");
}

function ratioRows(result: BenchResult): Row[] {
  const all = allWorkers(result);
  const rows: [name: string, ratio: Spread | null][] = [
    [`training, ${all} to 1`, result.workerSpeedup],
    [`training, ${all} that share nothing to 1`, result.independentSpeedup],
    [`training, ${all} to PyTorch's best`, result.trainRatioToPyTorch],
    [
      `training, ${all} to PyTorch's best, tuned`,
      result.trainRatioToPyTorchTuned,
    ],
    [
      "training, 1 worker to PyTorch's best on 1 thread",
      result.trainRatioToPyTorchOneThread,
    ],
    [`forward, ${all} to PyTorch's best`, result.forwardRatioToPyTorch],
    [
      `forward, ${all} to PyTorch's best, tuned`,
      result.forwardRatioToPyTorchTuned,
    ],
    [
      "forward, 1 worker to PyTorch's best on 1 thread",
      result.forwardRatioToPyTorchOneThread,
    ],
  ];
  return rows.flatMap(([name, ratio]) =>
    ratio ? [row(name, (value) => value.toFixed(2), ratio)] : []
  );
}

function allWorkers({ workers }: BenchResult): string {
  return counted(workers.at(-1)!, "worker");
}

function kernelLines(kernels: KernelResult[]): string[] {
  const titles: Record<KernelResult["group"], string> = {
    step: "convolutions of a step, its own gradients",
    dense: "plain convolutions, all by definition",
    other: "the rest of a step, and parts of it",
  };
  const cells = [
    ["", "µs", "GFLOP/s", "by definition", "really done"],
    ...Object.entries(titles).flatMap(([group, title]) => [
      [title, "", "", "", ""],
      ...kernels.filter((kernel) => kernel.group === group).map((kernel) => [
        `  ${kernel.name}`,
        thousands(kernel.microseconds.median),
        oneDecimal(kernel.gflops.median),
        share(kernel.shareOfPeak.median),
        share(kernel.doneShareOfPeak.median),
      ]),
    ]),
  ];
  const widths = cells[0]!.map((_, column) =>
    Math.max(...cells.map((line) => line[column]!.length))
  );
  return cells.map((line) =>
    `  ${
      line.map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[0]!)
          : cell.padStart(widths[column]! + 2)
      ).join("")
    }`.trimEnd()
  );
}

/** Says so where others were at work: a quiet machine hardly varies. */
function noise(result: BenchResult): string[] {
  const all = result.workers.at(-1)!;
  const { median, min, max } = result.trainImagesPerSecond[all]!;
  if ((max - min) / median <= QUIET_SPREAD) return [];
  return [
    `The machine was not quiet: training with ${
      counted(all, "worker")
    } went from ${thousands(min)} to ${
      thousands(max)
    } images/s, so measure again`,
  ];
}

function row(
  name: string,
  format: (value: number) => string,
  { median, min, max }: Spread,
): Row {
  return [name, format(median), `${format(min)} to ${format(max)}`];
}

function oneDecimal(value: number): string {
  return value.toFixed(1);
}

function share(value: number): string {
  return percent(value, 0);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
