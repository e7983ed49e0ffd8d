// Which cases the kernels of the project take, and which they leave to what
// TensorFlow.js was shipped with: that is watched here, from before they are
// registered.

import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";

await startWasmBackend();

/** What was shipped, and has run. */
const ran = new Set<string>();

for (const kernelName of ["MaxPool", "MaxPoolGrad", "AvgPool", "AvgPoolGrad"]) {
  watchKernel(kernelName);
}
for (const kernelName of ["Relu", "LeakyRelu", "Add", "Sum"]) {
  watchKernel(kernelName);
}
for (const kernelName of ["Identity", "Cast"]) watchKernel(kernelName);
for (const kernelName of ["Relu", "LeakyRelu"]) watchGradient(kernelName);
for (
  const optimizer of [
    tf.AdamOptimizer,
    tf.MomentumOptimizer,
    tf.SGDOptimizer,
  ]
) watchOptimizer(optimizer);

registerTrainingKernels();

function watchKernel(kernelName: string): void {
  const shipped = tf.getKernel(kernelName, "wasm");
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    ...shipped,
    kernelFunc: (inputs) => {
      ran.add(kernelName);
      return shipped.kernelFunc(inputs);
    },
  });
}

function watchGradient(kernelName: string): void {
  const shipped = tf.getGradient(kernelName);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    ...shipped,
    gradFunc: (...inputs) => {
      ran.add(`gradient of ${kernelName}`);
      return shipped.gradFunc(...inputs);
    },
  });
}

function watchOptimizer(
  { prototype, className }: { prototype: tf.Optimizer; className: string },
): void {
  const shipped = prototype.applyGradients;
  prototype.applyGradients = function (gradients) {
    ran.add(`${className} optimizer`);
    shipped.call(this, gradients);
  };
}

/** The watched that `fn` runs of what was shipped. */
function shippedIn(fn: () => void): string[] {
  ran.clear();
  tf.tidy(fn);
  return [...ran].sort();
}

const image = (dtype: tf.NumericDataType = "float32") =>
  tf.ones<tf.Rank.R4>([1, 4, 4, 3], dtype);

Deno.test("maxPool(), avgPool() and their gradients take every float32 image", () => {
  for (const pad of ["valid", "same"] as const) {
    for (const size of [1, 2, 3]) {
      const pools = () => {
        tf.grad((x) => tf.maxPool(x as tf.Tensor4D, size, 2, pad))(image());
        tf.grad((x) => tf.avgPool(x as tf.Tensor4D, size, 2, pad))(image());
      };
      assertEquals(shippedIn(pools), []);
    }
  }
});

Deno.test("maxPool() leaves integers to what was shipped", () => {
  const pool = () => {
    try {
      tf.maxPool(image("int32"), 2, 2, "valid");
    } catch {
      // It rejects them.
    }
  };
  assertEquals(shippedIn(pool), ["MaxPool"]);
});

Deno.test("add() takes biases of float32 alone", () => {
  const sum = (a: number[], b: number[], dtype: tf.NumericDataType) => () => {
    tf.ones(a, dtype).add(tf.ones(b, dtype));
  };
  const biases: [number[], number[]][] = [
    [[2, 3], [3]],
    [[3], [2, 3]],
    [[2, 3, 4], [3, 4]],
    [[2, 3, 4], [1, 1, 4]],
  ];
  for (const [a, b] of biases) {
    assertEquals(shippedIn(sum(a, b, "float32")), []);
    assertEquals(shippedIn(sum(a, b, "int32")), ["Add"]);
  }
  const others: [number[], number[]][] = [
    [[2, 3], [2, 3]],
    [[2, 3], []],
    [[2, 1], [3]],
    [[2, 3], [2, 1]],
    [[3], [1, 3]],
  ];
  for (const [a, b] of others) {
    assertEquals(shippedIn(sum(a, b, "float32")), ["Add"]);
  }
});

Deno.test("sum() takes leading axes of float32 alone", () => {
  const sum = (axis: number[], dtype: tf.NumericDataType) => () => {
    tf.ones([2, 3, 4], dtype).sum(axis);
  };
  for (const axis of [[0], [0, 1], [0, 1, 2]]) {
    assertEquals(shippedIn(sum(axis, "float32")), []);
    assertEquals(shippedIn(sum(axis, "int32")), ["Sum"]);
  }
  for (const axis of [[1], [2], [0, 2], [1, 2]]) {
    assertEquals(shippedIn(sum(axis, "float32")), ["Sum"]);
  }
});

Deno.test("leakyRelu() takes float32 alone, and tf.relu() is the shipped one", () => {
  assertEquals(shippedIn(() => tf.leakyRelu(image())), []);
  assertEquals(shippedIn(() => tf.leakyRelu(image("int32"))), ["LeakyRelu"]);
  assertEquals(shippedIn(() => tf.relu(image())), ["Relu"]);
});

Deno.test("identity() takes every clone, and cast() what stays as it is", () => {
  assertEquals(shippedIn(() => image("int32").clone()), []);
  assertEquals(shippedIn(() => image("int32").cast("int32")), []);
  assertEquals(shippedIn(() => image("int32").cast("float32")), ["Cast"]);
});

Deno.test("reluGrad() and leakyReluGrad() take the WASM backend alone", async () => {
  const gradients = () => {
    tf.grad((x) => tf.relu(x))(image());
    tf.grad((x) => tf.leakyRelu(x))(image());
  };
  assertEquals(shippedIn(gradients), ["Relu"]);
  await tf.setBackend("cpu");
  const onCpu = shippedIn(gradients);
  await tf.setBackend("wasm");
  assertEquals(onCpu, ["gradient of LeakyRelu", "gradient of Relu"]);
});

Deno.test("adamStep(), momentumStep() and sgdStep() take float32 of one shape on the WASM backend", async () => {
  const created: [string, () => tf.Optimizer][] = [
    ["Adam optimizer", () => tf.train.adam(0.1)],
    ["Momentum optimizer", () => tf.train.momentum(0.1, 0.9)],
    ["SGD optimizer", () => tf.train.sgd(0.1)],
  ];
  for (const [name, create] of created) {
    const step = (gradientShape: number[]) => () => {
      const optimizer = create();
      const weight = tf.variable(tf.ones([2, 3]));
      optimizer.applyGradients({ [weight.name]: tf.ones(gradientShape) });
      // Both move by the same: each weight has the same gradient.
      assertEquals(new Set(weight.dataSync()).size, 1);
      optimizer.dispose();
      weight.dispose();
    };
    assertEquals(shippedIn(step([2, 3])), []);
    assert(shippedIn(step([3])).includes(name));
    await tf.setBackend("cpu");
    const onCpu = shippedIn(step([2, 3]));
    await tf.setBackend("wasm");
    assertEquals(onCpu, [name]);
  }
});

Deno.test("registerTrainingKernels() brings model.fit() onto all of them", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [6, 6, 1],
        filters: 4,
        kernelSize: 3,
        activation: "relu",
      }),
      tf.layers.leakyReLU({ alpha: 0.1 }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 2 }),
    ],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  const x = tf.ones([4, 6, 6, 1]);
  const y = tf.ones([4, 2]);
  const { kernelNames } = await tf.profile(async () => {
    await model.fit(x, y, { epochs: 1, verbose: 0 });
    return x;
  });
  for (
    const kernelName of [
      "AdamStep",
      "AvgPoolGrad",
      "LeakyReluGrad",
      "MaxPoolGrad",
      "ReluGrad",
    ]
  ) assert(kernelNames.includes(kernelName), `${kernelName} did not run`);
  assertEquals(kernelNames.includes("Step"), false);
  model.dispose();
  tf.dispose([x, y]);
});
