import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { benchResult, benchTable } from "@lib/bench/mod.ts";
import { measured } from "./_measured.ts";

const TABLE = `
Digits of nobody
Net: conv 32 3×3 ReLU, max pool 2×2, conv 64 3×3 ReLU, max pool 2×2, flatten, dropout 0.5, dense 10
Adam, batch 128; forward 1,024 images a call, PyTorch 128, which is its best
2 rounds, each piece 0.5 s by turns, seed 7: median, min to max
Abacus, 2 cores; deno 2, v8 15, tfjs 4
PyTorch 1.13 of /bin/python: oneDNN 2.6.3, kernels of its own for AVX2, BLAS libblas.so.3

Training, images/s (composed: put together from other operations)
  1 worker                                            1,100  1,000 to 1,200
  2 workers                                           2,150  1,900 to 2,400
  2 workers, a net each: they share nothing           1,950  1,500 to 2,400
  TensorFlow.js as shipped, composed gradients          420  400 to 440
  PyTorch, 1 thread, channels_last                      550  500 to 600
  PyTorch, 2 threads, channels_last, BLAS on 1          715  480 to 950
  PyTorch, 2 threads, channels_last                     750  600 to 900

Forward only, images/s (optimized: by torch.jit.optimize_for_inference)
  1 worker                                            8,500  8,000 to 9,000
  2 workers                                          16,500  16,000 to 17,000
  PyTorch, 1 thread, channels_last                    3,500  3,000 to 4,000
  PyTorch, 2 threads, channels_last                   5,000  2,000 to 8,000
  PyTorch, 2 threads, channels_last, optimized       13,500  10,000 to 17,000

How many times as fast, round by round
  (PyTorch's best: eager as installed, on 1 thread or all, in either format;
  tuned: also with BLAS kept to 1 thread or optimized; the best of each round)
  training, 2 workers to 1                             1.95  1.90 to 2.00
  training, 2 workers that share nothing to 1          1.75  1.50 to 2.00
  training, 2 workers to PyTorch's best                3.06  2.11 to 4.00
  training, 2 workers to PyTorch's best, tuned         3.00  2.00 to 4.00
  training, 1 worker to PyTorch's best on 1 thread     2.00  2.00 to 2.00
  forward, 2 workers to PyTorch's best                 3.83  2.00 to 5.67
  forward, 2 workers to PyTorch's best, tuned          1.30  1.00 to 1.60
  forward, 1 worker to PyTorch's best on 1 thread      2.50  2.00 to 3.00

Share of what WebAssembly multiplies and adds on registers alone, one core
  that, GFLOP/s                                        45.0  40.0 to 50.0
  convolutions of a step, by definition                20 %  20 % to 20 %
  convolutions of a step, really done                  10 %  10 % to 10 %
  plain convolutions, all by definition                25 %  25 % to 25 %

Kernels, one core, 16 images a call; shares as above
                                                µs  GFLOP/s  by definition  really done
  convolutions of a step, its own gradients
    layer                                      113      9.0           20 %         10 %
  plain convolutions, all by definition
    plain                                      225     22.5           50 %         50 %
    plain again                                225      0.0            0 %          0 %
  the rest of a step, and parts of it
    pool                                     1,000      1.0            2 %          2 %

Peak memory of this process, after training and forward: 321 MB
The machine was not quiet: training with 2 workers went from 1,900 to 2,400 images/s, so measure again
`;

Deno.test("benchTable() lays figures and their spread out in columns", () => {
  const lines = benchTable(benchResult(measured()));
  assertEquals(`\n${lines.join("\n")}\n`, TABLE);
});

Deno.test("benchTable() says where there is no PyTorch, and how to get it", () => {
  const without = measured();
  without.pytorch = {
    reasons: ["python3 cannot be run", "No module named 'torch'"],
  };
  const lines = benchTable(benchResult(without));
  const text = lines.join("\n");
  assertStringIncludes(
    text,
    "\nNo PyTorch to compare with: python3 cannot be run; No module named 'torch'\n",
  );
  assertStringIncludes(
    text,
    "\nOn Debian and Ubuntu, sudo apt install python3-torch brings it\n",
  );
  const figures = lines.slice(lines.indexOf("") + 1);
  assert(figures.every((line) => !line.includes("PyTorch")));
  assertStringIncludes(text, "training, 2 workers to 1");
});

Deno.test("benchTable() says nothing of noise on a quiet machine", () => {
  const quiet = measured();
  quiet.figures.set("train 2", [2000, 2100]);
  const lines = benchTable(benchResult(quiet));
  assertStringIncludes(lines.at(-1)!, "Peak memory of this process");
});

Deno.test("benchTable() does without a processor's name", () => {
  const nameless = measured();
  nameless.setup.processor = null;
  nameless.setup.cores = 1;
  assertStringIncludes(
    benchTable(benchResult(nameless)).join("\n"),
    "\nA processor without a name, 1 core; deno 2, v8 15, tfjs 4\n",
  );
});
