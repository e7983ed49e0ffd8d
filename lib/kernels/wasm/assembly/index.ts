/** The exports of the module: a line a kernel. */

export { peak } from "./peak";
export { gemm, gemmScratch } from "./gemm";
