import { assertEquals } from "@std/assert";
import {
  matMulReference,
  type MatMulShape,
} from "@lib/kernels/reference/mat_mul.ts";
import { type Build, BUILDS, runGuarded } from "../_guarded.ts";
import { assertClose, values } from "../_parity.ts";

type Buffer = "a" | "b" | "c" | "bias" | "scratch";

/** Around every edge: 6 rows, panels of 8 and 12, blocks of 128 and of 512. */
const SIZES = [
  [1, 1, 1],
  [2, 3, 8],
  [3, 4, 9],
  [4, 7, 10],
  [5, 16, 12],
  [6, 5, 13],
  [7, 10, 16],
  [13, 31, 20],
  [8, 6, 21],
  [11, 9, 127],
  [6, 8, 129],
  [7, 3, 140],
  [5, 511, 10],
  [4, 513, 11],
  [3, 1100, 17],
] as const;

for (const build of BUILDS) {
  Deno.test(`gemm() agrees with the loops, ${build} build`, async (t) => {
    for (const [index, [rows, inner, columns]] of SIZES.entries()) {
      for (const transposed of [0, 1, 2, 3]) {
        const shape: MatMulShape = {
          batch: 1,
          rows,
          inner,
          columns,
          transposeA: transposed % 2 === 1,
          transposeB: transposed > 1,
        };
        await t.step(JSON.stringify(shape), () => {
          const a = values([rows * inner], index);
          const b = values([inner * columns], index + 100);
          const bias = values([columns], index + 200);
          const last = (["a", "b", "c", "bias", "scratch"] as const)[
            (index + transposed) % 5
          ]!;
          const c = gemm(build, shape, a, b, bias, false, last);
          // 1e-6 a product and a half: their errors add up like a random walk.
          const tolerance = 1e-6 * Math.sqrt(inner) + 1e-6;
          assertClose(c, matMulReference(a, b, shape, bias), tolerance);
          if (build === "strict") {
            assertEquals(c, inFloat32(a, b, shape, bias));
          }
          const relu = gemm(build, shape, a, b, bias, true, last);
          assertEquals(relu, c.map((value) => Math.max(value, 0)));
        });
      }
    }
  });

  Deno.test(`gemm() carries NaN and infinity, ${build} build`, () => {
    const shape: MatMulShape = {
      batch: 1,
      rows: 3,
      inner: 2,
      columns: 10,
      transposeA: false,
      transposeB: false,
    };
    const a = Float32Array.of(NaN, 1, 1, 0, 1, 1); // [3, 2]
    const b = values([20], 1);
    b[3] = Infinity; // B[0, 3]
    b[14] = -Infinity; // B[1, 4]
    const bias = new Float32Array(10);
    const expected = matMulReference(a, b, shape, bias);
    assertEquals(expected.subarray(0, 10), new Float32Array(10).fill(NaN));
    // Row 1 multiplies −∞ by 0.
    assertEquals([...expected.subarray(13, 15)], [Infinity, NaN]);
    assertEquals([...expected.subarray(23, 25)], [Infinity, -Infinity]);
    const c = gemm(build, shape, a, b, bias, false, "c");
    for (const [index, value] of expected.entries()) {
      if (!Number.isFinite(value)) assertEquals(c[index], value);
    }
    const relu = gemm(build, shape, a, b, bias, true, "c");
    assertEquals([...relu.subarray(13, 15)], [Infinity, NaN]);
    assertEquals([...relu.subarray(23, 25)], [Infinity, 0]);
  });

  Deno.test(`gemm() gives a row the same bits among any others, ${build} build`, () => {
    const sizes = { batch: 1, inner: 700, columns: 22 };
    const layout = { transposeA: false, transposeB: false };
    const a = values([13 * 700], 1);
    const b = values([700 * 22], 2);
    const bias = values([22], 3);
    const shape = { ...sizes, ...layout, rows: 13 };
    const all = gemm(build, shape, a, b, bias, false, "a");
    for (let row = 0; row < 13; row++) {
      const one = a.slice(row * 700, (row + 1) * 700);
      assertEquals(
        gemm(build, { ...shape, rows: 1 }, one, b, bias, false, "b"),
        all.slice(row * 22, (row + 1) * 22),
      );
    }
  });
}

/** C of the build, from operands among guard words. */
function gemm(
  build: Build,
  { rows, inner, columns, transposeA, transposeB }: MatMulShape,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
  relu: boolean,
  last: Buffer,
): Float32Array {
  const size = scratchSize(build, inner, columns);
  const buffers = { a, b, c: rows * columns, bias, scratch: size };
  return runGuarded<Buffer>(build, buffers, last, (kernels, at) => {
    kernels.gemm(
      at.a,
      transposeA ? 1 : inner,
      transposeA ? rows : 1,
      at.b,
      transposeB ? 1 : columns,
      transposeB ? inner : 1,
      at.c,
      rows,
      inner,
      columns,
      at.bias,
      relu,
      at.scratch,
    );
  }).c;
}

/** Values that the kernel asks for as scratch. */
function scratchSize(build: Build, inner: number, columns: number): number {
  let bytes = 0;
  runGuarded(build, { none: 1 }, "none", ({ gemmScratch }) => {
    bytes = gemmScratch(inner, columns);
  });
  return bytes / 4;
}

/** Bit for bit what the strict build must give: each step rounded to float32. */
function inFloat32(
  a: Float32Array,
  b: Float32Array,
  { rows, inner, columns, transposeA, transposeB }: MatMulShape,
  bias: Float32Array,
): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, index) => {
    const j = index % columns;
    const i = (index - j) / columns;
    let sum = bias[j]!;
    for (let k = 0; k < inner; k++) {
      const left = a[transposeA ? k * rows + i : i * inner + k]!;
      const right = b[transposeB ? j * inner + k : k * columns + j]!;
      sum = Math.fround(sum + Math.fround(left * right));
    }
    return sum;
  });
}
