/**
 * `BatchMatMul` and `_FusedMatMul`, the products of the dense layers.
 *
 * As shipped, (1) the packed right-hand matrix is cached by the tensor's id
 * without its shape, and a reshape keeps the id, so a product after a reshape
 * is wrong; (2) a transposed side takes scalar loops: 2.8 GFLOP/s against 29
 * here for the gradients of a dense layer, 1600 to 128, batch 200 (medians of
 * 10, interleaved, one core of an AMD EPYC); (3) those loops, which a batch
 * takes as well, add a bias several times, at the wrong place.
 *
 * Here every product becomes plain two-dimensional ones, which XNNPACK does
 * right and fast: transposed sides are transposed first, a batch is taken one
 * matrix at a time, and a matrix that was already packed in another shape is
 * copied. The definition in plain loops stands in `reference/mat_mul.ts`.
 *
 * @module
 */

import { broadcast_util, type TensorInfo, util } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  allocate,
  allocateZeros,
  dispose,
  heapView,
  runShipped,
  transpose,
} from "./_wasm_backend.ts";

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

/**
 * @param inputs `a` [..., rows, inner] and `b` [..., inner, columns], each
 *   stored with its last two axes exchanged where its side is transposed.
 * @returns [..., rows, columns], the leading axes broadcast.
 */
export function batchMatMul(
  inputs: { a: TensorInfo; b: TensorInfo },
  attrs: BatchMatMulAttrs,
  backend: BackendWasm,
): TensorInfo {
  return matrixProducts(
    backend,
    inputs,
    attrs,
    (a, b) => runShipped("BatchMatMul", backend, { a, b }, PLAIN),
  );
}

/**
 * @param inputs As for `batchMatMul()`, with a `bias` [columns] or [1] to add to
 *   each row, and weights of a PReLU.
 * @returns activation(a × b + bias), [..., rows, columns].
 */
export function fusedMatMul(
  inputs: {
    a: TensorInfo;
    b: TensorInfo;
    bias?: TensorInfo;
    preluActivationWeights?: TensorInfo;
  },
  attrs: FusedMatMulAttrs,
  backend: BackendWasm,
): TensorInfo {
  return matrixProducts(backend, inputs, attrs, (a, b) => {
    const bias = inputs.bias && wideBias(backend, inputs.bias, b.shape.at(-1)!);
    const product = runShipped(
      "_FusedMatMul",
      backend,
      { ...inputs, bias, a, b },
      { ...attrs, ...PLAIN },
    );
    if (bias && bias !== inputs.bias) dispose(backend, bias);
    return product;
  });
}

/** A bias with a value for each column: XNNPACK reads so many, come what may. */
function wideBias(
  backend: BackendWasm,
  bias: TensorInfo,
  columns: number,
): TensorInfo {
  if (util.sizeFromShape(bias.shape) === columns) return bias;
  const wide = allocate(backend, [columns]);
  heapView(backend, wide).fill(heapView(backend, bias)[0]!);
  return wide;
}

const PLAIN = { transposeA: false, transposeB: false };

/** Multiplies [1, rows, inner] by [1, inner, columns]. */
type MatrixProduct = (a: TensorInfo, b: TensorInfo) => TensorInfo;

/** Cuts a batched, transposed product into plain ones of two matrices. */
function matrixProducts(
  backend: BackendWasm,
  { a, b }: { a: TensorInfo; b: TensorInfo },
  { transposeA, transposeB }: BatchMatMulAttrs,
  multiply: MatrixProduct,
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
  const shape = [...batch, rows, columns];
  if (util.sizeFromShape(shape) === 0) return allocate(backend, shape);
  const count = util.sizeFromShape(batch);
  if (count === 1) {
    return { ...oneProduct(a, b), shape };
  }
  const result = allocate(backend, shape);
  for (let index = 0; index < count; index++) {
    const oneA = copyMatrix(backend, a, broadcastIndex(index, batch, batchA));
    const oneB = copyMatrix(backend, b, broadcastIndex(index, batch, batchB));
    const product = oneProduct(oneA, oneB);
    heapView(backend, result).set(
      heapView(backend, product),
      index * rows * columns,
    );
    dispose(backend, oneA, oneB, product);
  }
  return result;

  function oneProduct(oneA: TensorInfo, oneB: TensorInfo): TensorInfo {
    if (innerA === 0) return emptyProduct();
    const left = transposeA
      ? transpose(backend, { ...oneA, shape: [innerA, rows] }, [1, 0])
      : oneA;
    const right = transposeB
      ? transpose(backend, { ...oneB, shape: [columns, innerA] }, [1, 0])
      : unpacked(backend, oneB, [innerA, columns]);
    const product = multiply(
      { ...left, shape: [1, rows, innerA] },
      { ...right, shape: [1, innerA, columns] },
    );
    if (left !== oneA) dispose(backend, left);
    if (right !== oneB) dispose(backend, right);
    return product;
  }

  /** Sums of nothing are 0; XNNPACK leaves them unwritten. */
  function emptyProduct(): TensorInfo {
    const left = allocateZeros(backend, [1, rows, 1]);
    const right = allocateZeros(backend, [1, 1, columns]);
    const product = multiply(left, right);
    dispose(backend, left, right);
    return product;
  }
}

/** Rows and columns of the matrix that `tensor` stands for. */
function matrixShape(
  { shape }: TensorInfo,
  transposed: boolean,
): [rows: number, columns: number] {
  const [height, width] = shape.slice(-2) as [number, number];
  return transposed ? [width, height] : [height, width];
}

/** The shapes in which XNNPACK has packed right-hand matrices. */
const packedShapes = new WeakMap<object, string>();

/** `tensor` itself, or a copy where it was packed in another shape before. */
function unpacked(
  backend: BackendWasm,
  tensor: TensorInfo,
  shape: [inner: number, columns: number],
): TensorInfo {
  const packed = packedShapes.get(tensor.dataId);
  if (packed === undefined) packedShapes.set(tensor.dataId, shape.join());
  if (packed === undefined || packed === shape.join()) return tensor;
  return copyMatrix(backend, { ...tensor, shape }, 0);
}

/** A new matrix, the one at `index` of a batch. */
function copyMatrix(
  backend: BackendWasm,
  tensor: TensorInfo,
  index: number,
): TensorInfo {
  const shape = tensor.shape.slice(-2);
  const size = util.sizeFromShape(shape);
  const copy = allocate(backend, shape);
  heapView(backend, copy).set(
    heapView(backend, tensor).subarray(index * size, (index + 1) * size),
  );
  return copy;
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
