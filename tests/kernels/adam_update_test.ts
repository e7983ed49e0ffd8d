import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { adamUpdate, startWasmBackend } from "@lib/kernels/mod.ts";
import { adamReference } from "@lib/kernels/reference/adam.ts";
import { assertSame, memory, runGuarded } from "./_guarded.ts";
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
  const backend = tf.backend() as BackendWasm;
  const gradient = values([37], 1);
  const value = values([37], 2);
  const zeros = new Float32Array(37);
  const apart = runGuarded(
    [value, zeros, zeros, gradient],
    [37, 37, 37],
    ([v, first, second, g], [toV, toFirst, toSecond]) =>
      adamUpdate(
        backend,
        {
          value: v!,
          firstMoment: first!,
          secondMoment: second!,
          gradient: g!,
        },
        { value: toV!, firstMoment: toFirst!, secondMoment: toSecond! },
        37,
        ATTRS,
      ),
  );
  const inPlace = runGuarded([gradient], [37, 37, 37], ([g], outputs) => {
    const state = {
      value: outputs[0]!,
      firstMoment: outputs[1]!,
      secondMoment: outputs[2]!,
    };
    [value, zeros, zeros].forEach((array, index) =>
      new Float32Array(memory().buffer, outputs[index], 37).set(array)
    );
    adamUpdate(backend, { ...state, gradient: g! }, state, 37, ATTRS);
  });
  for (const [index, array] of apart.entries()) {
    assertSame(inPlace[index]!, array);
  }
  const expected = adamReference(
    { value, firstMoment: zeros, secondMoment: zeros, gradient },
    ATTRS,
  );
  // 1e-6: seven operations in float32.
  assertClose(apart[0]!, expected.value, 1e-6);
});
