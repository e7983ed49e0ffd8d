import { assertEquals } from "@std/assert";
import {
  type BatchNormMoments,
  batchNormReference,
} from "@lib/kernels/reference/batch_norm.ts";
import { batchNormGradReference } from "@lib/kernels/reference/batch_norm_grad.ts";
import { type Build, BUILDS, runGuarded } from "../_guarded.ts";
import { assertClose, values } from "../_parity.ts";

/** Around the edges: blocks of 64 rows, vectors of 4 channels. */
const SIZES = [
  [1, 1],
  [5, 3],
  [63, 4],
  [64, 5],
  [65, 8],
  [128, 17],
  [200, 64],
  [1, 130],
] as const;

for (const build of BUILDS) {
  Deno.test(`batchNorm() and batchNormGrad() agree with the loops, ${build} build`, async (t) => {
    for (const [index, [rows, channels]] of SIZES.entries()) {
      for (const optional of [true, false]) {
        const name = `rows=${rows} channels=${channels} scale=${optional}`;
        await t.step(name, () => {
          const x = values([rows * channels], index);
          const dy = values([rows * channels], index + 100);
          const moments = momentsOf(channels, index + 200, optional);
          // 1e-6: a handful of roundings to float32.
          assertClose(
            batchNorm(build, x, moments, index % 2 === 0 ? "x" : "y"),
            batchNormReference(x, moments),
            1e-6,
          );
          const last = (["x", "dy", "dx", "dOffset"] as const)[index % 4]!;
          if (!moments.scale) return;
          const gradients = batchNormGrad(build, x, dy, moments, last);
          const expected = batchNormGradReference(x, dy, moments);
          for (const [name, values] of Object.entries(expected)) {
            // 1e-5: sums of up to 64 float32 values, relative to sums that
            // may cancel.
            assertClose(gradients[name as keyof typeof expected], values, 1e-5);
          }
        });
      }
    }
  });

  Deno.test(`batchNorm() and batchNormGrad() keep NaN and infinity in their channel, ${build} build`, () => {
    const channels = 5;
    const x = values([70 * channels], 1);
    const dy = values([70 * channels], 2);
    x[2 * channels + 1] = NaN;
    x[3 * channels + 4] = Infinity;
    dy[4 * channels + 3] = -Infinity;
    const moments = momentsOf(channels, 3, true);
    const same = (actual: Float32Array, expected: Float32Array) => {
      assertEquals(
        [...actual].map((value) => Number.isFinite(value) ? 0 : value),
        [...expected].map((value) => Number.isFinite(value) ? 0 : value),
      );
    };
    same(batchNorm(build, x, moments, "x"), batchNormReference(x, moments));
    const gradients = batchNormGrad(build, x, dy, moments, "x");
    const expected = batchNormGradReference(x, dy, moments);
    assertEquals([...expected.dScale].map(Number.isFinite), [
      true,
      false,
      true,
      false,
      false,
    ]);
    for (const [name, values] of Object.entries(expected)) {
      same(gradients[name as keyof typeof expected], values);
    }
  });

  Deno.test(`squareGrad() doubles x · dy and nothing beside it, ${build} build`, () => {
    for (const size of [1, 3, 4, 7, 64]) {
      const x = values([size], 1);
      const dy = values([size], 2);
      const { dx } = runGuarded(build, { x, dy, dx: size }, "dx", (k, at) => {
        k.squareGrad(at.x, at.dy, at.dx, size);
      });
      assertEquals(dx, x.map((value, i) => 2 * value * dy[i]!));
    }
  });
}

function momentsOf(
  channels: number,
  seed: number,
  optional: boolean,
): BatchNormMoments {
  return {
    mean: values([channels], seed),
    // From 0, where epsilon keeps the quotient finite, to 1.
    variance: values([channels], seed + 1).map((value) => value * value),
    ...(optional
      ? {
        scale: values([channels], seed + 2),
        offset: values([channels], seed + 3),
      }
      : {}),
    epsilon: 1e-3,
  };
}

function batchNorm(
  build: Build,
  x: Float32Array,
  { mean, variance, scale, offset, epsilon }: BatchNormMoments,
  last: "x" | "y",
): Float32Array {
  const channels = mean.length;
  const none = new Float32Array(0);
  const buffers = {
    x,
    mean,
    variance,
    scale: scale ?? none,
    offset: offset ?? none,
    y: x.length,
  };
  return runGuarded(build, buffers, last, (kernels, at) => {
    kernels.batchNorm(
      at.x,
      at.mean,
      at.variance,
      offset ? at.offset : 0,
      scale ? at.scale : 0,
      epsilon,
      at.y,
      x.length / channels,
      channels,
    );
  }).y;
}

function batchNormGrad(
  build: Build,
  x: Float32Array,
  dy: Float32Array,
  { mean, variance, scale, epsilon }: BatchNormMoments,
  last: "x" | "dy" | "dx" | "dOffset",
) {
  const channels = mean.length;
  const buffers = {
    x,
    dy,
    mean,
    variance,
    scale: scale!,
    dx: x.length,
    dMean: channels,
    dVariance: channels,
    dScale: channels,
    dOffset: channels,
    scratch: 4 * channels,
  };
  return runGuarded(build, buffers, last, (kernels, at) => {
    kernels.batchNormGrad(
      at.x,
      at.dy,
      at.mean,
      at.variance,
      at.scale,
      epsilon,
      at.dx,
      at.dMean,
      at.dVariance,
      at.dScale,
      at.dOffset,
      x.length / channels,
      channels,
      at.scratch,
    );
  });
}
