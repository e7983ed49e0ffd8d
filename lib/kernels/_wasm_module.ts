/**
 * The project's own WebAssembly kernels, at work in the backend's memory.
 *
 * Their sources stand in `wasm/assembly/`; `deno task kernels` builds them.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import relaxed from "./wasm/kernels_relaxed.wasm" with { type: "bytes" };
import strict from "./wasm/kernels_strict.wasm" with { type: "bytes" };
import type { WasmExports } from "./_wasm_exports.ts";

let isStrict = false;
const instances = new WeakMap<BackendWasm, WasmExports>();

/**
 * @param strict True for the build whose results are the same on every
 *   machine, false for the one with fused multiply-add where there is one.
 * @throws {Error} If kernels of the other build have already run.
 */
export function chooseBuild(strict: boolean): void {
  if (strict !== isStrict && chosen) {
    throw new Error(
      `Cannot choose the ${
        strict ? "strict" : "fast"
      } kernels as the choice must come before the first of them runs: the others have run`,
    );
  }
  isStrict = strict;
}

/** What `chooseBuild()` was told last. */
export function isStrictBuild(): boolean {
  return isStrict;
}

/** What was compiled; the choice is over then. */
let chosen: WebAssembly.Module | undefined;

/** The kernels, as functions over addresses in the memory of `backend`. */
export function wasmExports(backend: BackendWasm): WasmExports {
  const known = instances.get(backend);
  if (known) return known;
  chosen ??= new WebAssembly.Module(
    !isStrict && WebAssembly.validate(relaxed) ? relaxed : strict,
  );
  const instance = new WebAssembly.Instance(chosen, {
    env: { memory: internals(backend).asm.memory },
  });
  const exports = instance.exports as unknown as WasmExports;
  instances.set(backend, exports);
  return exports;
}

/** Where a tensor's values begin in the backend's memory, in bytes. */
export function address(backend: BackendWasm, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/**
 * Runs `fn` with memory of its own, freed afterwards.
 *
 * @param bytes How much; what it holds at first is left over from others.
 * @throws {RangeError} If the backend's memory, 4 GB at most, has no room.
 */
export function withScratch<T>(
  backend: BackendWasm,
  bytes: number,
  fn: (address: number) => T,
): T {
  const { _malloc, _free } = internals(backend);
  const scratch = _malloc(bytes);
  if (scratch === 0) {
    throw new RangeError(
      `Cannot run a kernel as it needs ${bytes} bytes beside its tensors: the backend's memory has no room for them`,
    );
  }
  try {
    return fn(scratch);
  } finally {
    _free(scratch);
  }
}

/** Writes whole numbers into the backend's memory, 4 bytes each. */
export function writeInt32s(
  backend: BackendWasm,
  address: number,
  values: number[],
): void {
  new Int32Array(internals(backend).asm.memory.buffer, address).set(values);
}

/** What the backend has but does not declare. */
interface Internals {
  asm: { memory: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

function internals(backend: BackendWasm): Internals {
  return backend.wasm as unknown as Internals;
}
