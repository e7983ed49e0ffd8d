import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { conv2dPath } from "@lib/kernels/conv2d.ts";
import { conv2dReference } from "@lib/kernels/reference/conv2d.ts";
import {
  assertClose,
  type ConvCase,
  convCase,
  convCases,
  convGrid,
  onCpu,
  runKernel,
  values,
} from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

/** Sizes that Winograd's algorithm takes, none a multiple of its tiles. */
const WINOGRAD_CASES: ConvCase[] = [
  convCase([2, 13, 13, 32], [3, 3, 32, 64], [1, 1], "valid"),
  convCase([1, 14, 6, 16], [3, 3, 16, 8], [1, 1], "same"),
  convCase([5, 7, 11, 20], [3, 3, 20, 24], [1, 1], "same"),
  convCase([3, 9, 10, 64], [3, 3, 64, 8], [1, 1], [[0, 0], [1, 2], [0, 1], [
    0,
    0,
  ]]),
  convCase([1, 100, 4, 16], [3, 3, 16, 16], [1, 1], "same"),
  convCase([128, 6, 6, 16], [3, 3, 16, 16], [1, 1], "valid"),
];

function inputsOf(each: ConvCase, seed: number) {
  return {
    x: values(each.x, seed),
    filter: values(each.filter, seed + 1000),
    bias: values([each.filter[3]], seed + 2000),
  };
}

function attrsOf({ strides, pad }: ConvCase) {
  return { strides, pad, dataFormat: "NHWC" as const, dilations: 1 };
}

function convolveCase(
  each: ConvCase,
  { x, filter }: { x: Float32Array; filter: Float32Array },
): Float32Array {
  return runKernel(
    "Conv2D",
    { x: [x, each.x], filter: [filter, each.filter] },
    attrsOf(each),
  );
}

function path(each: ConvCase, more: Record<string, unknown> = {}) {
  const info = (shape: number[], dtype = "float32") =>
    ({ shape, dtype, dataId: {} }) as tf.TensorInfo;
  return conv2dPath(
    { x: info(each.x), filter: info(each.filter) },
    { ...attrsOf(each), ...more },
  );
}

// By hand: windows of 2×2 ones, three pixels apart, all within the image.
Deno.test("conv2d() pads as said where the stride is larger than the filter", () => {
  const y = tf.tidy(() =>
    tf.conv2d(
      tf.ones<tf.Rank.R4>([1, 9, 9, 1]),
      tf.ones<tf.Rank.R4>([2, 2, 1, 1]),
      3,
      "same",
    ).dataSync()
  );
  assertEquals([...y], new Array(9).fill(4));
});

// By hand: 1·1 + 2·2 + 4·3 + 5·4 = 37, and so on.
Deno.test("conv2d() sums x·filter over each window", () => {
  const each = convCase([1, 3, 3, 1], [2, 2, 1, 1], [1, 1], "valid");
  const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const filter = Float32Array.of(1, 2, 3, 4);
  assertEquals([...convolveCase(each, { x, filter })], [37, 47, 67, 77]);
});

Deno.test("conv2d() agrees with the reference over the grid", async (t) => {
  for (const [seed, each] of convGrid().entries()) {
    await t.step(each.name, () => {
      const inputs = inputsOf(each, seed);
      const expected = conv2dReference(inputs.x, inputs.filter, each.info);
      assertEquals(path(each), "direct");
      // 5e-5: up to 1,600 float32 sums of a size of 20, each rounding by 1e-6.
      assertClose(convolveCase(each, inputs), expected, 5e-5);
    });
  }
});

Deno.test("conv2d() agrees with the reference by Winograd's algorithm", async (t) => {
  for (const [seed, each] of WINOGRAD_CASES.entries()) {
    await t.step(each.name, () => {
      const inputs = inputsOf(each, seed);
      const expected = conv2dReference(inputs.x, inputs.filter, each.info);
      assertEquals(path(each), "winograd");
      // 3e-4: sums of a size of 40 are made of terms that are up to 16 times
      // as large, each rounded by 6e-8 of itself.
      assertClose(convolveCase(each, inputs), expected, 3e-4);
    });
  }
});

Deno.test("conv2d() agrees with the cpu backend, with bias and ReLU", async (t) => {
  const cases = [...convCases(), ...WINOGRAD_CASES.slice(1, 5)];
  for (const [seed, each] of cases.entries()) {
    await t.step(each.name, async () => {
      const { x, filter, bias } = inputsOf(each, seed);
      const fused = () =>
        runKernel("FusedConv2D", {
          x: [x, each.x],
          filter: [filter, each.filter],
          bias: [bias, [bias.length]],
        }, { ...attrsOf(each), activation: "relu", leakyreluAlpha: 0 });
      assertClose(fused(), await onCpu(fused), 3e-4);
    });
  }
});

Deno.test("conv2d() gives the same bits a second time", () => {
  for (const each of [WINOGRAD_CASES[0]!, convGrid()[12]!]) {
    const inputs = inputsOf(each, 5);
    const first = convolveCase(each, inputs);
    assertEquals(convolveCase(each, inputs), first);
  }
});

Deno.test("conv2d() carries NaN and infinity as the reference does", async (t) => {
  const direct = convCase([1, 7, 6, 3], [3, 3, 3, 5], [2, 1], "same");
  for (const each of [WINOGRAD_CASES[2]!, direct]) {
    for (const value of [NaN, Infinity, -Infinity]) {
      for (const place of ["x", "filter"] as const) {
        await t.step(`${each.name}: ${value} in ${place}`, () => {
          const inputs = inputsOf(each, 3);
          inputs[place][Math.floor(inputs[place].length / 2)] = value;
          const expected = conv2dReference(inputs.x, inputs.filter, each.info);
          const actual = convolveCase(each, inputs);
          assert(expected.some(Number.isFinite));
          assert(!expected.every(Number.isFinite));
          const kind = (v: number) => Number.isFinite(v) ? "finite" : `${v}`;
          assertEquals([...actual].map(kind), [...expected].map(kind));
          const finite = (all: Float32Array) => all.filter(Number.isFinite);
          assertClose(finite(actual), finite(expected), 1e-5);
        });
      }
    }
  }
});

Deno.test("conv2dPath() sends what is not covered to the shipped kernels", () => {
  const each = WINOGRAD_CASES[0]!;
  assertEquals(path(each, { activation: "relu" }), "winograd");
  assertEquals(path(each, { activation: "sigmoid" }), "shipped");
  assertEquals(path(each, { dilations: 2 }), "shipped");
  assertEquals(path(each, { dataFormat: "NCHW" }), "shipped");
});

Deno.test("conv2d() with a dilation still agrees with the cpu backend", async () => {
  const each = convCase([2, 9, 9, 4], [3, 3, 4, 8], [1, 1], "same");
  const { x, filter } = inputsOf(each, 9);
  const dilated = () =>
    runKernel("Conv2D", { x: [x, each.x], filter: [filter, each.filter] }, {
      ...attrsOf(each),
      dilations: 2,
    });
  assertClose(dilated(), await onCpu(dilated), 1e-5);
});

// Rounded up, the last windows end beyond the image, where there is nothing.
Deno.test("conv2d() reads nothing beyond the image where the size is rounded up", async (t) => {
  const cases: [string, number[], Record<string, unknown>][] = [
    ["ceil", [1, 4, 4, 1], {
      strides: 2,
      pad: [[0, 0], [0, 0], [0, 0], [0, 0]],
      dimRoundingMode: "ceil",
    }],
    ["a number as padding", [1, 5, 5, 1], { strides: [1, 2], pad: 1 }],
  ];
  for (const [name, shape, more] of cases) {
    await t.step(name, async () => {
      const x = Float32Array.from(
        { length: shape[1]! * shape[2]! },
        (_, i) => i + 1,
      );
      const filter = new Float32Array(9).fill(1);
      const run = () =>
        runKernel("Conv2D", { x: [x, shape], filter: [filter, [3, 3, 1, 1]] }, {
          dataFormat: "NHWC",
          dilations: 1,
          ...more,
        });
      assertEquals(run(), await onCpu(run));
    });
  }
});

Deno.test("conv2d() with an empty output leaves the backend at work", () => {
  const y = runKernel("FusedConv2D", {
    x: [new Float32Array(0), [0, 5, 5, 2]],
    filter: [values([3, 3, 2, 4], 1), [3, 3, 2, 4]],
  }, {
    strides: 1,
    pad: "valid",
    dataFormat: "NHWC",
    dilations: 1,
    activation: "sigmoid",
    leakyreluAlpha: 0,
  });
  assertEquals(y.length, 0);
  assertEquals(tf.scalar(2).add(3).dataSync()[0], 5);
});
