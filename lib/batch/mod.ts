/** Many pictures: found, read by threads, their results kept. @module */

export * from "./batch_progress.ts";
export * from "./list_pictures.ts";
export * from "./picture.ts";
export * from "./result_file.ts";
export * from "./result_line.ts";
export * from "./run_batch.ts";
export * from "./shard.ts";
export * from "./worker_pool.ts";
