/**
 * Runs a kernel of either build in a memory of its own, in which a write beside
 * its results is seen and a read behind its last operand traps.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { WasmExports } from "@lib/kernels/_wasm_exports.ts";
import relaxed from "@lib/kernels/wasm/kernels_relaxed.wasm" with {
  type: "bytes",
};
import strict from "@lib/kernels/wasm/kernels_strict.wasm" with {
  type: "bytes",
};

/** The builds that this machine can run; `strict` is always one of them. */
export const BUILDS: ("strict" | "relaxed")[] =
  WebAssembly.validate(relaxed as BufferSource)
    ? ["strict", "relaxed"]
    : ["strict"];

/** The kernels of a build, at work in `memory`. */
export function kernelsOf(
  build: "strict" | "relaxed",
  memory: WebAssembly.Memory,
): WasmExports {
  const bytes = build === "strict" ? strict : relaxed;
  const module = new WebAssembly.Module(bytes as BufferSource);
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as WasmExports;
}

/** Words that stand around each buffer. */
const GUARD = [1234.5, -0.25, 6e7, NaN];
const PAGE = 65536;

/**
 * Lays the buffers into a memory, `last` at its very end and guard words around
 * the others, and runs a kernel on them.
 *
 * @param buffers Values; a number stands for so many of NaN, to be written.
 * @returns What the buffers hold afterwards.
 */
export function runInArena<Name extends string>(
  build: "strict" | "relaxed",
  buffers: Record<Name, Float32Array | number>,
  last: NoInfer<Name>,
  run: (kernels: WasmExports, addresses: Record<Name, number>) => void,
): Record<Name, Float32Array> {
  const names = (Object.keys(buffers) as Name[]).sort((a, b) =>
    Number(a === last) - Number(b === last)
  );
  const words = names.flatMap((name) => [...GUARD, ...contents(buffers[name])]);
  const pages = Math.ceil(words.length * 4 / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages });
  const heap = new Float32Array(memory.buffer);
  let position = heap.length - words.length;
  heap.set(words, position);
  const views = {} as Record<Name, Float32Array>;
  const addresses = {} as Record<Name, number>;
  const guards: Float32Array[] = [];
  for (const name of names) {
    guards.push(heap.subarray(position, position + GUARD.length));
    position += GUARD.length;
    const size = contents(buffers[name]).length;
    views[name] = heap.subarray(position, position + size);
    addresses[name] = position * 4;
    position += size;
  }
  run(kernelsOf(build, memory), addresses);
  for (const guard of guards) assertEquals([...guard], GUARD);
  return views;
}

function contents(buffer: Float32Array | number): Float32Array {
  return typeof buffer === "number"
    ? new Float32Array(buffer).fill(NaN)
    : buffer;
}
