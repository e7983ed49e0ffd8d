/** The exports of `wasm/assembly/index.ts`, an interface a source file. @module */

/** Addresses are bytes from the start of the memory; sizes are elements. */
export interface WasmExports {
  peak(rounds: number, x: number, y: number): number;
  gemmScratch(inner: number, columns: number): number;
  gemm(
    a: number,
    aRow: number,
    aInner: number,
    b: number,
    bInner: number,
    bColumn: number,
    c: number,
    rows: number,
    inner: number,
    columns: number,
    bias: number,
    relu: 0 | 1,
    scratch: number,
  ): void;
}
