/**
 * The WebAssembly kernels without TensorFlow.js around them: both builds, in
 * the backend's memory, between guard words.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assertEquals, fail } from "@std/assert";
import type { WasmExports } from "@lib/kernels/_wasm_exports.ts";
import { withScratch } from "@lib/kernels/_wasm_module.ts";
import relaxed from "@lib/kernels/wasm/kernels_relaxed.wasm" with {
  type: "bytes",
};
import strict from "@lib/kernels/wasm/kernels_strict.wasm" with {
  type: "bytes",
};

/** A build's name and its functions. */
export type NamedBuild = [name: string, exports: WasmExports];

/** The builds that this machine takes, at work in the backend's memory. */
export function builds(): NamedBuild[] {
  const named = [["relaxed", relaxed], ["strict", strict]] as const;
  return named.filter(([, bytes]) => WebAssembly.validate(bytes))
    .map(([name, bytes]) => {
      const module = new WebAssembly.Module(bytes);
      const { exports } = new WebAssembly.Instance(module, {
        env: { memory: memory() },
      });
      return [name, exports as unknown as WasmExports];
    });
}

/** Words on each side of an array; odd, so that arrays begin anywhere. */
const GUARDS = 5;
const GUARD = 123456792;

/**
 * Calls a kernel over arrays that lie between guard words.
 *
 * @param inputs Must come out as they went in.
 * @param lengths Of the outputs, which hold other values at first.
 * @param run Gets the addresses of the inputs and of the outputs.
 * @returns The outputs.
 */
export function runGuarded(
  inputs: Float32Array[],
  lengths: number[],
  run: (inputs: number[], outputs: number[]) => void,
): Float32Array[] {
  const arrays = [
    ...inputs,
    ...lengths.map((length) => new Float32Array(length).fill(-777)),
  ];
  const size = arrays.reduce(
    (sum, { length }) => sum + length + GUARDS,
    GUARDS,
  );
  return withScratch(backend(), size * 4, (start) => {
    const words = () => new Float32Array(memory().buffer, start, size);
    words().fill(GUARD);
    let at = GUARDS;
    const places = arrays.map((array) => {
      words().set(array, at);
      at += array.length + GUARDS;
      return at - array.length - GUARDS;
    });
    const addresses = places.map((place) => start + place * 4);
    run(addresses.slice(0, inputs.length), addresses.slice(inputs.length));
    const after = words().slice();
    const found = arrays.map((array, index) =>
      after.slice(places[index]!, places[index]! + array.length)
    );
    inputs.forEach((input, index) => assertSame(found[index]!, input));
    for (const [index, place] of places.entries()) {
      after.fill(GUARD, place, place + arrays[index]!.length);
    }
    assertEquals(after.findIndex((word) => word !== GUARD), -1);
    return found.slice(inputs.length);
  });
}

/** Fails unless all values are equal; a NaN equals a NaN. */
export function assertSame(actual: Float32Array, expected: Float32Array): void {
  assertEquals(actual.length, expected.length);
  for (const [index, value] of expected.entries()) {
    const other = actual[index]!;
    if (other === value || (Number.isNaN(other) && Number.isNaN(value))) {
      continue;
    }
    fail(`Value ${index} is ${other}, expected ${value}`);
  }
}

/** The same values with NaN and both infinities among them. */
export function withSpecials(values: Float32Array): Float32Array {
  const specials = [NaN, Infinity, -Infinity];
  return values.map((value, index) =>
    index % 7 === 3 ? specials[Math.floor(index / 7) % 3]! : value
  );
}

function backend(): BackendWasm {
  return tf.backend() as BackendWasm;
}

/** The backend's own. */
export function memory(): WebAssembly.Memory {
  return (backend().wasm as unknown as { asm: { memory: WebAssembly.Memory } })
    .asm.memory;
}
