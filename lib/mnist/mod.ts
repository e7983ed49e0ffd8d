/** MNIST: fetched, read, split, and scaled a batch at a time. @module */

export * from "./batches.ts";
export * from "./digits.ts";
export * from "./download_file.ts";
export * from "./gunzip.ts";
export * from "./hold_out.ts";
export * from "./idx.ts";
export * from "./load_mnist.ts";
export * from "./mnist_files.ts";
export * from "./sample.ts";
