import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import {
  convReluPool,
  registerTrainingKernels,
  startWasmBackend,
} from "@lib/kernels/mod.ts";
import { convReluPoolPath } from "@lib/kernels/conv_relu_pool.ts";
import { convReluPoolReference } from "@lib/kernels/reference/conv_relu_pool.ts";
import { assertClose, type ConvCase, convCase, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

const CASES: [ConvCase, "winograd" | "direct"][] = [
  [convCase([16, 28, 28, 1], [3, 3, 1, 32], [1, 1], "valid"), "direct"],
  [convCase([3, 9, 7, 1], [5, 5, 1, 8], [1, 1], "same"), "direct"],
  [convCase([2, 11, 12, 3], [2, 3, 3, 16], [2, 1], "same"), "direct"],
  [convCase([5, 6, 8, 17], [1, 1, 17, 8], [1, 1], "valid"), "direct"],
  [convCase([4, 13, 13, 32], [3, 3, 32, 64], [1, 1], "valid"), "winograd"],
  [convCase([1, 9, 10, 16], [3, 3, 16, 8], [1, 1], "same"), "winograd"],
];

/** y and route of the kernel; route as plain numbers. */
function runCase(
  each: ConvCase,
  x: Float32Array,
  filter: Float32Array,
  bias: Float32Array,
): { y: Float32Array; route: Int32Array } {
  return tf.tidy(() => {
    const [y, route] = tf.engine().runKernel("ConvReluPool", {
      x: tf.tensor(x, each.x),
      filter: tf.tensor(filter, each.filter),
      bias: tf.tensor1d(bias),
    }, {
      strides: each.strides,
      pad: each.pad as "valid",
      withRoute: true,
    }) as tf.Tensor[];
    return {
      y: y!.dataSync<"float32">().slice(),
      route: route!.dataSync<"int32">().slice(),
    };
  });
}

// By hand: the filter takes the value itself, the bias −4 off, and of the four
// windows the ReLU cuts the first.
Deno.test("convReluPool() keeps the pixel that won each window", () => {
  const each = convCase([1, 4, 4, 1], [1, 1, 1, 8], [1, 1], "valid");
  const x = Float32Array.of(1, 2, 5, 3, 4, 3, 2, 5, 9, 0, 0, 0, 0, 0, 0, 7);
  const { y, route } = runCase(
    each,
    x,
    new Float32Array(8).fill(1),
    new Float32Array(8).fill(-4),
  );
  const firstChannel = (all: ArrayLike<number>) =>
    [0, 8, 16, 24].map((index) => all[index]);
  assertEquals(firstChannel(y), [0, 1, 5, 3]);
  assertEquals(firstChannel(route), [-1, 2, 8, 15]);
});

Deno.test("convReluPool() agrees with the reference", async (t) => {
  for (const [seed, [each, path]] of CASES.entries()) {
    await t.step(`${path} ${each.name}`, () => {
      const x = values(each.x, seed);
      const filter = values(each.filter, seed + 1000);
      const bias = values([each.filter[3]], seed + 2000);
      const expected = convReluPoolReference(x, filter, bias, each.info);
      const actual = runCase(each, x, filter, bias);
      assertClose(actual.y, expected.y, path === "direct" ? 1e-5 : 3e-4);
      // Where two pixels are nearly alike, rounding may choose the other.
      const others = actual.route.filter((pixel, i) =>
        pixel !== expected.route[i]
      ).length;
      assertEquals(others <= actual.route.length / 10_000, true);
    });
  }
});

Deno.test("convReluPool() carries NaN and infinity as the reference does", async (t) => {
  for (const [each, path] of [CASES[2]!, CASES[5]!]) {
    for (const value of [NaN, Infinity, -Infinity]) {
      for (const place of ["x", "filter"]) {
        await t.step(`${path}: ${value} in ${place}`, () => {
          const x = values(each.x, 1);
          const filter = values(each.filter, 2);
          const bias = values([each.filter[3]], 3);
          const changed = place === "x" ? x : filter;
          changed[Math.floor(changed.length / 2)] = value;
          const expected = convReluPoolReference(x, filter, bias, each.info);
          const actual = runCase(each, x, filter, bias);
          const kind = (v: number) => Number.isFinite(v) ? "finite" : `${v}`;
          assertEquals([...actual.y].map(kind), [...expected.y].map(kind));
          assertEquals(actual.route, expected.route);
        });
      }
    }
  }
});

Deno.test("convReluPool() gives the values of the four operations", () => {
  const [each] = CASES[4]!;
  const difference = tf.tidy(() => {
    const x = tf.tensor4d(values(each.x, 1), each.x);
    const filter = tf.tensor4d(values(each.filter, 2), each.filter);
    const bias = tf.tensor1d(values([64], 3));
    const fused = convReluPool(x, filter, bias, {
      strides: [1, 1],
      pad: "valid",
      poolSize: [2, 2],
    });
    const apart = x.conv2d(filter, 1, "valid").add(bias).relu<tf.Tensor4D>()
      .maxPool(2, 2, "valid");
    return fused.sub(apart).abs().max().dataSync()[0]!;
  });
  // Both round the same sums, one after the other operation.
  assertEquals(difference < 1e-4, true);
});

Deno.test("convReluPoolPath() says which way a case takes", () => {
  const path = (each: ConvCase, poolSize: [number, number]) =>
    convReluPoolPath(
      { shape: each.x, dtype: "float32", dataId: {} },
      { shape: each.filter, dtype: "float32", dataId: {} },
      { strides: each.strides, pad: each.pad as "valid", poolSize },
    );
  for (const [each, expected] of CASES) {
    assertEquals(path(each, [2, 2]), expected);
  }
  assertEquals(path(CASES[0]![0], [3, 3]), "composed");
  const five = convCase([1, 6, 6, 3], [3, 3, 3, 5], [1, 1], "valid");
  assertEquals(path(five, [2, 2]), "composed");
  const tiny = convCase([1, 3, 3, 1], [3, 3, 1, 8], [1, 1], "valid");
  assertEquals(path(tiny, [2, 2]), "composed");
});
