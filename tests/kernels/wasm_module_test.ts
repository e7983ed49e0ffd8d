import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { wasmExports, withScratch } from "@lib/kernels/_wasm_module.ts";

await startWasmBackend();
registerTrainingKernels();
const backend = tf.backend() as BackendWasm;

Deno.test("withScratch() says so where the memory has no room", () => {
  assertThrows(
    () => withScratch(backend, 3e9, () => withScratch(backend, 2e9, () => {})),
    RangeError,
    "Cannot run a kernel as it needs 2000000000 bytes beside its tensors: the backend's memory has no room for them",
  );
});

Deno.test("withScratch() gives its memory back, also after an error", () => {
  const place = withScratch(backend, 1000, (address) => address);
  assertThrows(() =>
    withScratch(backend, 1000, () => {
      throw new RangeError("no");
    }), RangeError);
  assertEquals(withScratch(backend, 1000, (address) => address), place);
});

Deno.test("registerTrainingKernels() refuses the other build once kernels have run", () => {
  assert(wasmExports(backend).peak(1, 0.5, 0.25) > 0);
  registerTrainingKernels();
  assertThrows(
    () => registerTrainingKernels({ strict: true }),
    Error,
    "Cannot choose the strict kernels as the choice must come before the first of them runs: the others have run",
  );
});
