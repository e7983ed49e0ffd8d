/**
 * Starts TensorFlow.js on its WASM backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import binary from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};

/**
 * Makes the WASM backend, with SIMD, the current one. It needs no permission:
 * the binary is part of the module graph and handed over as a blob.
 *
 * @throws {Error} If the backend does not start.
 */
export async function startWasmBackend(): Promise<void> {
  if (tf.getBackend() === "wasm") return;
  const url = URL.createObjectURL(
    new Blob([binary], { type: "application/wasm" }),
  );
  // Deno always has SIMD and the backend's threads never start in it, so one
  // binary stands for all three.
  setWasmPaths({
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  }, true);
  const started = await tf.setBackend("wasm");
  URL.revokeObjectURL(url);
  if (!started) {
    throw new Error(
      "Cannot start TensorFlow.js as its WASM backend must be set up: it does not start",
    );
  }
}
