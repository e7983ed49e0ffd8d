/**
 * The gradients of convolutions in both builds, path by path, among guard words.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { createRandom } from "@lib/random/mod.ts";
import type { WasmExports } from "@lib/kernels/_wasm_exports.ts";
import { convSizes } from "@lib/kernels/_conv_shape.ts";
import { conv2dBackpropFilterReference } from "@lib/kernels/reference/conv2d_backprop_filter.ts";
import { conv2dBackpropInputReference } from "@lib/kernels/reference/conv2d_backprop_input.ts";
import { convReluPoolGradReference } from "@lib/kernels/reference/conv_relu_pool_grad.ts";
import { type Build, BUILDS, runGuarded } from "../_guarded.ts";
import {
  assertClose,
  type ConvCase,
  convGrid,
  thinned,
  values,
} from "../_parity.ts";

type Kernels = WasmExports;

/** 1e-6 a product and a half: their errors add up like a random walk. */
function tolerance(products: number): number {
  return 1e-6 * Math.sqrt(products) + 1e-6;
}

/** Products in a value of the filter gradient. */
function filterProducts({ info }: ConvCase): number {
  return info.batchSize * info.outHeight * info.outWidth;
}

/** Products in a value of the input gradient. */
function inputProducts({ filter: [height, width, , outputs] }: ConvCase) {
  return height * width * outputs;
}

for (const build of BUILDS) {
  Deno.test(`filterGradientDense() agrees with the loops, ${build} build`, async (t) => {
    for (const [index, each] of convGrid().entries()) {
      await t.step(each.name, () => {
        const x = values(each.x, index);
        const dy = values(each.info.outShape, index + 1000);
        const run = (last: "x" | "dy" | "dFilter" | "scratch") =>
          filterGradient(
            build,
            each,
            x,
            dy,
            last,
            (kernels, at) =>
              kernels.filterGradientDense(
                at.shape,
                at.x,
                at.dy,
                at.dFilter,
                at.scratch,
              ),
          );
        const [first, second] = twoOf(["x", "dy", "dFilter", "scratch"], index);
        const dFilter = run(first);
        assertClose(
          dFilter,
          conv2dBackpropFilterReference(x, dy, each.info),
          tolerance(filterProducts(each)),
        );
        assertEquals(run(second), dFilter);
      });
    }
  });

  Deno.test(`filterGradientSparse() agrees with the loops, ${build} build`, async (t) => {
    for (const [index, each] of convGrid().entries()) {
      await t.step(each.name, () => {
        const x = values(each.x, index);
        const dy = thinned(values(each.info.outShape, index + 1000), 0.125);
        const reference = conv2dBackpropFilterReference(x, dy, each.info);
        for (const clipped of [false, true]) {
          const run = (last: "x" | "dy" | "dFilter" | "scratch") =>
            filterGradient(
              build,
              each,
              x,
              dy,
              last,
              (kernels, at) =>
                kernels.filterGradientSparse(
                  at.shape,
                  at.x,
                  at.dy,
                  at.dFilter,
                  at.scratch,
                  clipped,
                ),
            );
          const [first, second] = twoOf(
            ["x", "dy", "dFilter", "scratch"],
            index,
          );
          const dFilter = run(first);
          assertClose(dFilter, reference, tolerance(filterProducts(each)));
          assertEquals(run(second), dFilter);
        }
      });
    }
  });

  Deno.test(`inputGradientDense() and inputGradientSparse() agree with the loops, ${build} build`, async (t) => {
    for (const [index, each] of convGrid().entries()) {
      await t.step(each.name, () => {
        const filter = values(each.filter, index);
        const dy = thinned(values(each.info.outShape, index + 1000), 0.125);
        const reference = conv2dBackpropInputReference(dy, filter, each.info);
        for (
          const [kernel, scratch] of [
            ["inputGradientDense", "inputGradientDenseScratch"],
            ["inputGradientSparse", "inputGradientSparseScratch"],
          ] as const
        ) {
          const run = (last: "filter" | "dy" | "dx" | "scratch") =>
            runGuarded(
              build,
              {
                shape: sizes(each),
                filter,
                dy,
                dx: reference.length,
                scratch: scratchSize(build, each, (kernels, shape) =>
                  kernels[scratch](shape)),
              },
              last,
              (kernels, at) =>
                kernels[kernel](
                  at.shape,
                  at.dy,
                  at.filter,
                  at.dx,
                  at.scratch,
                ),
            ).dx;
          const [first, second] = twoOf(
            ["filter", "dy", "dx", "scratch"],
            index,
          );
          const dx = run(first);
          assertClose(dx, reference, tolerance(inputProducts(each)));
          assertEquals(run(second), dx);
        }
      });
    }
  });

  Deno.test(`convReluPoolGrad() agrees with the loops, ${build} build`, async (t) => {
    for (const [index, each] of convGrid().entries()) {
      await t.step(each.name, () => {
        const { outHeight, outWidth, batchSize, outChannels } = each.info;
        const pooled = Math.ceil(outHeight / 2) * Math.ceil(outWidth / 2);
        const x = values(each.x, index);
        const filter = values(each.filter, index + 1000);
        const dy = values([batchSize, pooled, outChannels], index + 2000);
        const random = createRandom(index);
        const route = Int32Array.from(
          dy,
          () =>
            random.next() < 0.4
              ? -1
              : Math.floor(random.next() * outHeight * outWidth),
        );
        const reference = convReluPoolGradReference(
          x,
          filter,
          dy,
          route,
          each.info,
        );
        for (const clipped of [false, true]) {
          const run = (last: "x" | "dy" | "route" | "dBias" | "scratch") =>
            runGuarded(
              build,
              {
                shape: sizes(each),
                x,
                filter,
                dy,
                route: asFloats(route),
                dx: x.length,
                dFilter: filter.length,
                dBias: outChannels,
                scratch: scratchSize(
                  build,
                  each,
                  (kernels, shape) =>
                    kernels.convReluPoolGradScratch(shape, pooled),
                ),
              },
              last,
              (kernels, at) =>
                kernels.convReluPoolGrad(
                  at.shape,
                  pooled,
                  at.x,
                  at.filter,
                  at.dy,
                  at.route,
                  at.dx,
                  at.dFilter,
                  at.dBias,
                  at.scratch,
                  clipped,
                ),
            );
          const [first, second] = twoOf(
            ["x", "dy", "route", "dBias", "scratch"],
            index,
          );
          const gradients = run(first);
          const again = run(second);
          const products = Math.max(filterProducts(each), inputProducts(each));
          for (const name of ["dx", "dFilter", "dBias"] as const) {
            assertClose(gradients[name], reference[name], tolerance(products));
            assertEquals(again[name], gradients[name]);
          }
        }
      });
    }
  });

  Deno.test(`allFinite() and countNonZeros() look at every value, ${build} build`, () => {
    for (let length = 1; length < 20; length++) {
      for (let at = 0; at < length; at++) {
        for (const odd of [NaN, Infinity, -Infinity, -2]) {
          const data = new Float32Array(length);
          data[at] = odd;
          runGuarded(build, { data }, "data", (kernels, addresses) => {
            const finite = kernels.allFinite(addresses.data, length);
            assertEquals(finite, odd === -2 ? 1 : 0);
            assertEquals(kernels.countNonZeros(addresses.data, length), 1);
          });
        }
      }
    }
  });
}

/** Two buffers that take turns at the end of the memory. */
function twoOf<const Name extends string>(
  names: Name[],
  turn: number,
): [Name, Name] {
  return [names[turn % names.length]!, names[(turn + 1) % names.length]!];
}

/** dFilter of a build, from operands among guard words. */
function filterGradient(
  build: Build,
  each: ConvCase,
  x: Float32Array,
  dy: Float32Array,
  last: "x" | "dy" | "dFilter" | "scratch",
  run: (
    kernels: Kernels,
    at: Record<"shape" | "x" | "dy" | "dFilter" | "scratch", number>,
  ) => void,
): Float32Array {
  const [height, width, inputs, outputs] = each.filter;
  const scratch = Math.max(
    scratchSize(
      build,
      each,
      (kernels, shape) => kernels.filterGradientDenseScratch(shape),
    ),
    scratchSize(
      build,
      each,
      (kernels, shape) => kernels.filterGradientSparseScratch(shape),
    ),
  );
  return runGuarded(
    build,
    {
      shape: sizes(each),
      x,
      dy,
      dFilter: height * width * inputs * outputs,
      scratch,
    },
    last,
    run,
  ).dFilter;
}

/** Values that a kernel asks for as scratch. */
function scratchSize(
  build: Build,
  each: ConvCase,
  bytes: (kernels: Kernels, shape: number) => number,
): number {
  let size = 0;
  runGuarded(build, { shape: sizes(each) }, "shape", (kernels, { shape }) => {
    size = bytes(kernels, shape) / 4;
  });
  return size;
}

function sizes({ info }: ConvCase): Float32Array {
  return asFloats(Int32Array.from(convSizes(info)));
}

/** The same bits; -1 becomes another NaN, which is no pixel either. */
function asFloats(integers: Int32Array): Float32Array {
  return new Float32Array(integers.buffer);
}
