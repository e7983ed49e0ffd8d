/** The exports of `wasm/assembly/index.ts`, an interface a source file. @module */

/** Addresses are bytes from the start of the memory; sizes are elements. */
export interface WasmExports {
  peak(rounds: number, x: number, y: number): number;
}
