/**
 * The WebAssembly kernels without TensorFlow.js around them: either build in a
 * memory of its own, in which a write beside the results is seen and a read
 * behind the last operand traps.
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

/** A build of the kernels. */
export type Build = "strict" | "relaxed";

/** The builds that this machine can run; `strict` is always one of them. */
export const BUILDS: Build[] = WebAssembly.validate(relaxed)
  ? ["strict", "relaxed"]
  : ["strict"];

const modules = new Map(
  BUILDS.map((build) => [
    build,
    new WebAssembly.Module(build === "strict" ? strict : relaxed),
  ]),
);

/** Words that stand before each buffer: five, so that buffers begin anywhere. */
const GUARD = [1234.5, -0.25, 6e7, NaN, 123456792];
const PAGE = 65536;

/**
 * Lays buffers into a memory, `last` at its very end and guard words before
 * each, and runs a kernel on them.
 *
 * @param buffers Values, which must come out as they went in, bit for bit; a
 *   number stands for so many words that are to be written.
 * @returns What the buffers hold afterwards.
 */
export function runGuarded<Name extends string>(
  build: Build,
  buffers: Record<Name, Float32Array | number>,
  last: NoInfer<Name>,
  run: (kernels: WasmExports, addresses: Record<Name, number>) => void,
): Record<Name, Float32Array> {
  const names = (Object.keys(buffers) as Name[]).sort((a, b) =>
    Number(a === last) - Number(b === last)
  );
  const contents = names.map((name) => initial(buffers[name]));
  const size = contents.reduce(
    (sum, { length }) => sum + GUARD.length + length,
    0,
  );
  const memory = new WebAssembly.Memory({
    initial: Math.ceil(size * 4 / PAGE),
  });
  const heap = new Float32Array(memory.buffer);
  const views = {} as Record<Name, Float32Array>;
  const addresses = {} as Record<Name, number>;
  const guards: Float32Array[] = [];
  let position = heap.length - size;
  for (const [index, name] of names.entries()) {
    heap.set(GUARD, position);
    guards.push(heap.subarray(position, position + GUARD.length));
    position += GUARD.length;
    const { length } = contents[index]!;
    views[name] = heap.subarray(position, position + length);
    views[name].set(contents[index]!);
    addresses[name] = position * 4;
    position += length;
  }
  const module = modules.get(build)!;
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  run(exports as unknown as WasmExports, addresses);
  for (const guard of guards) assertEquals([...guard], GUARD);
  for (const [index, name] of names.entries()) {
    if (typeof buffers[name] === "number") continue;
    const before = bits(contents[index]!);
    const changed = bits(views[name]).findIndex((word, at) =>
      word !== before[at]
    );
    assertEquals(changed, -1, `An input, ${name}, was written over`);
  }
  return views;
}

/** Outputs hold what no kernel gives, and what spoils every sum, in turns. */
function initial(buffer: Float32Array | number): Float32Array {
  return typeof buffer === "number"
    ? Float32Array.from({ length: buffer }, (_, i) => i % 2 ? -777 : NaN)
    : buffer;
}

function bits({ buffer, byteOffset, length }: Float32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}

/** The same values with NaN and both infinities among them. */
export function withSpecials(values: Float32Array): Float32Array {
  const specials = [NaN, Infinity, -Infinity];
  return values.map((value, index) =>
    index % 7 === 3 ? specials[Math.floor(index / 7) % 3]! : value
  );
}
