/** Seeded random numbers and shuffling. @module */

export * from "./permutation.ts";
export * from "./random.ts";
