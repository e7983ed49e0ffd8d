/**
 * `BatchMatMul` and `_FusedMatMul`, the products of the dense layers.
 *
 * As shipped, (1) the packed right-hand matrix is cached by the tensor's id
 * without its shape, and a reshape keeps the id, so a product after a reshape
 * is wrong; (2) a transposed side takes scalar loops; (3) those loops, which a
 * batch takes as well, add a bias several times, at the wrong place.
 *
 * Here every product goes to `gemm()` in `wasm/assembly/gemm.ts`, a batch one
 * matrix at a time; it keeps nothing from one product to the next. Bias, and
 * ReLU where nothing comes between, are part of it; other activations follow as
 * kernels of their own. The definition in plain loops stands in
 * `reference/mat_mul.ts`; the times in `mat_mul_bench.ts`.
 *
 * @module
 */

import {
  broadcast_util,
  getKernel,
  type NamedAttrMap,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate, dispose, heapView } from "./_wasm_backend.ts";
import { address, wasmExports, withScratch } from "./_wasm_module.ts";

/** Attributes of `BatchMatMul`. */
export interface BatchMatMulAttrs {
  transposeA: boolean;
  transposeB: boolean;
}

/** Attributes of `_FusedMatMul`. */
export interface FusedMatMulAttrs extends BatchMatMulAttrs {
  activation: string;
  leakyreluAlpha: number;
}

/** Inputs of `_FusedMatMul`. */
export interface FusedMatMulInputs {
  a: TensorInfo;
  b: TensorInfo;
  bias?: TensorInfo;
  preluActivationWeights?: TensorInfo;
}

/**
 * @param inputs `a` [..., rows, inner] and `b` [..., inner, columns], each
 *   stored with its last two axes exchanged where its side is transposed.
 * @returns [..., rows, columns], the leading axes broadcast.
 * @throws {TypeError} If the dtype is not float32 or the inner sizes differ.
 */
export function batchMatMul(
  inputs: { a: TensorInfo; b: TensorInfo },
  attrs: BatchMatMulAttrs,
  backend: BackendWasm,
): TensorInfo {
  return multiply(backend, inputs, attrs, undefined, false);
}

/**
 * @param inputs As for `batchMatMul()`, with a `bias` that is added to the
 *   product, broadcast, and weights of a PReLU.
 * @returns activation(a × b + bias), [..., rows, columns].
 * @throws {TypeError} As `batchMatMul()`.
 */
export function fusedMatMul(
  inputs: FusedMatMulInputs,
  attrs: FusedMatMulAttrs,
  backend: BackendWasm,
): TensorInfo {
  const { bias, preluActivationWeights: weights } = inputs;
  const { activation } = attrs;
  const columns = inputs.b.shape.at(attrs.transposeB ? -2 : -1)!;
  const isRow = bias?.shape.length === 1 &&
    (bias.shape[0] === columns || bias.shape[0] === 1);
  const isEndOfProduct = !bias || isRow;
  let result = multiply(
    backend,
    inputs,
    attrs,
    isRow ? bias : undefined,
    activation === "relu" && isEndOfProduct,
  );
  if (!isEndOfProduct) {
    result = replace(backend, result, "Add", { a: result, b: bias }, {});
  }
  if (activation === "linear") return result;
  if (activation === "relu" && isEndOfProduct) return result;
  if (activation === "prelu") {
    const prelu = { x: result, alpha: weights! };
    return replace(backend, result, "Prelu", prelu, {});
  }
  const kernel = ACTIVATION_KERNELS[activation]!;
  const alpha = attrs.leakyreluAlpha;
  return replace(backend, result, kernel, { x: result }, { alpha });
}

/** The kernels of the activations that take nothing but numbers. */
const ACTIVATION_KERNELS: Record<string, string> = {
  relu: "Relu",
  relu6: "Relu6",
  sigmoid: "Sigmoid",
  elu: "Elu",
  leakyrelu: "LeakyRelu",
};

/** Runs a kernel on `from` and frees it. */
function replace(
  backend: BackendWasm,
  from: TensorInfo,
  kernelName: string,
  inputs: Record<string, TensorInfo>,
  attrs: Record<string, number>,
): TensorInfo {
  const result = getKernel(kernelName, "wasm")!.kernelFunc({
    inputs,
    attrs: attrs as unknown as NamedAttrMap,
    backend,
  }) as TensorInfo;
  dispose(backend, from);
  return result;
}

/**
 * @param bias [columns] or [1].
 * @param relu True for ReLU at the end.
 */
function multiply(
  backend: BackendWasm,
  { a, b }: { a: TensorInfo; b: TensorInfo },
  { transposeA, transposeB }: BatchMatMulAttrs,
  bias: TensorInfo | undefined,
  relu: boolean,
): TensorInfo {
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const [rows, innerA] = matrixShape(a, transposeA);
  const [innerB, columns] = matrixShape(b, transposeB);
  if (a.dtype !== "float32" || b.dtype !== "float32") {
    throw new TypeError(
      `Cannot multiply matrices as their dtype must be float32: current dtypes are ${a.dtype} and ${b.dtype}`,
    );
  }
  if (innerA !== innerB) {
    throw new TypeError(
      `Cannot multiply matrices as the inner sizes must be equal: current shapes are [${a.shape}] and [${b.shape}] with transposeA=${transposeA}, transposeB=${transposeB}`,
    );
  }
  const inner = innerA;
  const result = allocate(backend, [...batch, rows, columns]);
  const row = bias && wideBias(backend, bias, columns);
  const { gemm, gemmScratch } = wasmExports(backend);
  withScratch(backend, gemmScratch(inner, columns), (scratch) => {
    const count = util.sizeFromShape(batch);
    for (let index = 0; index < count; index++) {
      const indexA = broadcastIndex(index, batch, batchA);
      const indexB = broadcastIndex(index, batch, batchB);
      gemm(
        address(backend, a) + indexA * rows * inner * FLOAT,
        transposeA ? 1 : inner,
        transposeA ? rows : 1,
        address(backend, b) + indexB * inner * columns * FLOAT,
        transposeB ? 1 : columns,
        transposeB ? inner : 1,
        address(backend, result) + index * rows * columns * FLOAT,
        rows,
        inner,
        columns,
        row ? address(backend, row) : 0,
        relu,
        scratch,
      );
    }
  });
  if (row && row !== bias) dispose(backend, row);
  return result;
}

/** Bytes of a float32. */
const FLOAT = 4;

/** A bias with a value for each column. */
function wideBias(
  backend: BackendWasm,
  bias: TensorInfo,
  columns: number,
): TensorInfo {
  if (bias.shape[0] === columns) return bias;
  const wide = allocate(backend, [columns]);
  heapView(backend, wide).fill(heapView(backend, bias)[0]!);
  return wide;
}

/** Rows and columns of the matrix that `tensor` stands for. */
function matrixShape(
  { shape }: TensorInfo,
  transposed: boolean,
): [rows: number, columns: number] {
  const [height, width] = shape.slice(-2) as [number, number];
  return transposed ? [width, height] : [height, width];
}

/** Where element `index` of `shape` lies in what was broadcast to it. */
function broadcastIndex(
  index: number,
  shape: number[],
  broadcast: number[],
): number {
  let rest = index;
  let result = 0;
  let stride = 1;
  for (let axis = 1; axis <= broadcast.length; axis++) {
    const size = shape.at(-axis)!;
    if (broadcast.at(-axis) !== 1) {
      result += (rest % size) * stride;
      stride *= size;
    }
    rest = Math.floor(rest / size);
  }
  return result;
}
