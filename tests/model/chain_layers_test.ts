import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { chainLayers, createModel } from "@lib/model/mod.ts";

Deno.test("chainLayers() gives the layers behind the input in their order", async () => {
  await startWasmBackend();
  const model = createModel("small", 7);
  assertEquals(
    chainLayers(model)?.map((layer) => layer.getClassName()),
    [
      ...["Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D"],
      ...["Flatten", "Dropout", "Dense"],
    ],
  );
  model.dispose();
});

Deno.test("chainLayers() gives nothing where two layers are joined", async () => {
  await startWasmBackend();
  const input = tf.input({ shape: [4] });
  const left = tf.layers.dense({ units: 3 }).apply(input);
  const right = tf.layers.dense({ units: 3 }).apply(input);
  const sum = tf.layers.add().apply([left, right] as tf.SymbolicTensor[]);
  const model = tf.model({
    inputs: input,
    outputs: sum as tf.SymbolicTensor,
  });
  assertEquals(chainLayers(model), undefined);
  model.dispose();
});
