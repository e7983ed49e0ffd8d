import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { countWeights } from "@lib/model/_check_layers.ts";
import { ARCHITECTURE_NAMES, createModel } from "@lib/model/mod.ts";

await startWasmBackend();

/** A topology of layers that follow an input of 28×28. */
function chain(...layers: [name: string, config: object][]) {
  const input = { batch_input_shape: [null, 28, 28, 1] };
  return {
    class_name: "Sequential",
    config: {
      layers: [["InputLayer", input] as const, ...layers].map((
        [class_name, config],
      ) => ({ class_name, config })),
    },
  };
}

Deno.test("countWeights() counts what each architecture has", () => {
  for (const name of ARCHITECTURE_NAMES) {
    const model = createModel(name, 7);
    const topology = model.toJSON(null, false);
    assertEquals(countWeights(topology), model.countParams(), name);
    model.dispose();
  }
});

Deno.test("countWeights() counts padding, strides and what is left out", () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [28, 28, 1],
        filters: 3,
        kernelSize: [5, 3],
        strides: 2,
        padding: "same",
        useBias: false,
      }),
      tf.layers.batchNormalization({ scale: false }),
      tf.layers.leakyReLU(),
      tf.layers.conv2d({ filters: 4, kernelSize: 3, dilationRate: 2 }),
      tf.layers.averagePooling2d({ poolSize: 3, strides: 2 }),
      tf.layers.activation({ activation: "relu" }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 10 }),
    ],
  });
  assertEquals(countWeights(model.toJSON(null, false)), model.countParams());
  model.dispose();
});

Deno.test("countWeights() counts what would never fit, without building it", () => {
  const units = 1_000_000;
  const topology = chain(
    ["Flatten", {}],
    ["Dense", { units }],
    ["Dense", { units }],
  );
  assertEquals(countWeights(topology), 785 * units + (units + 1) * units);
});

Deno.test("countWeights() says what is no chain of known layers", () => {
  const cases: [unknown, string][] = [
    [null, "the topology is null"],
    [{ class_name: "Functional" }, 'it is a "Functional"'],
    [{ model_config: 7 }, "the topology is 7"],
    [{ class_name: "Sequential" }, "the network is missing"],
    [{ class_name: "Sequential", config: {} }, "its layers are missing"],
    [chain(["__proto__", {}]), 'layer 1 is a "__proto__"'],
    [chain(["RepeatVector", { n: 1e9 }]), 'layer 1 is a "RepeatVector"'],
    [chain(["Dense", { units: -5 }]), "units is -5"],
    [chain(["Dense", { units: 1e9 }]), "units is 1000000000"],
    [chain(["Dense", { units: "9" }]), 'units is "9"'],
    [
      chain(["Conv2D", { filters: 1, kernel_size: [1e5, 1, 1] }]),
      "kernel_size is [100000,1,1]",
    ],
    [
      chain(["Conv2D", { filters: 1, kernel_size: 29 }]),
      "nothing comes out of layer 1",
    ],
    [
      chain(["MaxPooling2D", { pool_size: 2, data_format: "channels_first" }]),
      "layer 1 has its channels first",
    ],
    [
      chain(["Flatten", {}], ["MaxPooling2D", { pool_size: 2 }]),
      "a picture was [784]",
    ],
    [
      chain(["ShiftedViews", {}], ["ShiftedViews", {}]),
      "layer 2 makes views of views",
    ],
    [chain(["ShiftedViews", {}]), "it takes no mean of its views"],
    [
      chain(["Flatten", {}], ["MeanOfViews", {}]),
      "layer 2 has no views to take the mean of",
    ],
    [chain(["Flatten", {}], ["ShiftedViews", {}]), "a picture was [784]"],
    [
      chain(["ShiftedViews", {}], ["MeanOfViews", {}]),
      "features were [28,28,1]",
    ],
    [
      chain(...new Array(1000).fill(["Dropout", {}])),
      "its layers are [",
    ],
    [
      {
        class_name: "Sequential",
        config: [{
          class_name: "InputLayer",
          config: { batch_input_shape: [null, 1e5, 1e5, 1] },
        }],
      },
      "its input has the shape [null,100000,100000,1]",
    ],
  ];
  for (const [topology, found] of cases) {
    assertThrows(() => countWeights(topology), Error, found);
  }
});
