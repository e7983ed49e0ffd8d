import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assertEquals } from "@std/assert";
import { adamUpdate, startWasmBackend } from "@lib/kernels/mod.ts";
import { address } from "@lib/kernels/_wasm_module.ts";
import { adamReference } from "@lib/kernels/reference/adam.ts";
import { assertClose, values } from "./_parity.ts";

await startWasmBackend();

const ATTRS = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  accBeta1: 0.9,
  accBeta2: 0.999,
};

Deno.test("adamUpdate() may write the state over itself", () => {
  tf.tidy(() => {
    const backend = tf.backend() as BackendWasm;
    const zeros = new Float32Array(37);
    const from = {
      value: values([37], 2),
      firstMoment: zeros,
      secondMoment: zeros,
      gradient: values([37], 1),
    };
    /** The state after a step from one place to the other. */
    const step = (inPlace: boolean) => {
      const { gradient, ...state } = tensors(from);
      const to = inPlace ? state : tensors({
        value: zeros,
        firstMoment: zeros,
        secondMoment: zeros,
      });
      adamUpdate(
        backend,
        addresses(backend, { ...state, gradient }),
        addresses(backend, to),
        37,
        ATTRS,
      );
      return Object.values(to).map((tensor) =>
        tensor.dataSync<"float32">().slice()
      );
    };
    const apart = step(false);
    assertEquals(step(true), apart);
    // 1e-6: seven operations in float32.
    assertClose(apart[0]!, adamReference(from, ATTRS).value, 1e-6);
  });
});

function tensors<Name extends string>(
  arrays: Record<Name, Float32Array>,
): Record<Name, tf.Tensor> {
  return mapped(arrays, (array) => tf.tensor1d(array));
}

function addresses<Name extends string>(
  backend: BackendWasm,
  places: Record<Name, tf.Tensor>,
): Record<Name, number> {
  return mapped(places, (tensor) => address(backend, tensor));
}

function mapped<Name extends string, From, To>(
  record: Record<Name, From>,
  fn: (value: From) => To,
): Record<Name, To> {
  const entries = Object.entries<From>(record).map(([name, value]) =>
    [name, fn(value)] as const
  );
  return Object.fromEntries(entries) as Record<Name, To>;
}
