/** What `deno task bench` measures, and how it is told. @module */

export * from "./bench_result.ts";
export * from "./bench_table.ts";
export * from "./kernel_cases.ts";
export * from "./measure.ts";
export * from "./pytorch_peer.ts";
export * from "./rate.ts";
export * from "./run_rounds.ts";
export * from "./spread.ts";
