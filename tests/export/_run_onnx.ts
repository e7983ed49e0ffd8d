/**
 * Reads an ONNX file and runs it with plain TensorFlow.js operations, so that
 * the graph is proved where no engine is installed.
 *
 * @module
 */

import { fromBinary } from "@bufbuild/protobuf";
import * as tf from "@tensorflow/tfjs";
import {
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  TensorProto_DataType,
} from "onnx-buf";

export function parseOnnx(bytes: Uint8Array): ModelProto {
  return fromBinary(ModelProtoSchema, bytes);
}

/** Operators of the graph in their order. */
export function operators({ graph }: ModelProto): string[] {
  return graph!.node.map(({ opType }) => opType);
}

/**
 * @param images [count, 784].
 * @returns What the graph gives, row-major.
 */
export function runOnnx(
  { graph }: ModelProto,
  images: Float32Array,
): { logits: Float32Array; probabilities: Float32Array } {
  const count = images.length / 784;
  return tf.tidy(() => {
    const values = new Map<string, tf.Tensor>();
    values.set("images", tf.tensor(images, [count, 1, 28, 28]));
    for (const { name, dims, dataType, rawData } of graph!.initializer) {
      const { buffer } = rawData.slice();
      const numbers = dataType === TensorProto_DataType.INT64
        ? Int32Array.from(new BigInt64Array(buffer), Number)
        : new Float32Array(buffer);
      values.set(name, tf.tensor(numbers, dims.map(Number)));
    }
    for (const node of graph!.node) {
      const inputs = node.input.map((name) => {
        if (!values.has(name)) throw new Error(`${node.name} lacks ${name}`);
        return values.get(name)!;
      });
      values.set(node.output[0]!, OPERATORS[node.opType]!(node, inputs));
    }
    const [logits, probabilities] = graph!.output.map(({ name }) =>
      values.get(name)!.dataSync<"float32">().slice()
    );
    return { logits: logits!, probabilities: probabilities! };
  });
}

type Operator = (node: NodeProto, inputs: tf.Tensor[]) => tf.Tensor;

const OPERATORS: Record<string, Operator> = {
  Conv: (node, [x, filter, bias]) =>
    channelsFirst(
      tf.conv2d(
        padded(node, x!, 0),
        filter!.transpose<tf.Tensor4D>([2, 3, 1, 0]),
        pair(node, "strides"),
        "valid",
        "NHWC",
        pair(node, "dilations"),
      ).add(bias!),
    ),
  MaxPool: (node, [x]) =>
    channelsFirst(
      tf.maxPool(padded(node, x!, -1e9), ...window(node), "valid"),
    ),
  AveragePool: (node, [x]) => {
    const mean = (value: tf.Tensor) =>
      tf.avgPool(padded(node, value, 0), ...window(node), "valid");
    // What lies outside does not count.
    return channelsFirst(mean(x!).div(mean(tf.onesLike(x!))));
  },
  GlobalMaxPool: (_, [x]) => x!.max([2, 3], true),
  GlobalAveragePool: (_, [x]) => x!.mean([2, 3], true),
  Flatten: (node, [x]) => {
    if (integers(node, "axis")[0] !== 1) throw new Error("axis");
    return x!.reshape([x!.shape[0]!, -1]);
  },
  Reshape: (_, [x, shape]) => x!.reshape([...shape!.dataSync()]),
  ReduceMean: (node, [x]) =>
    x!.mean(integers(node, "axes"), integers(node, "keepdims")[0] === 1),
  Gemm: (_, [x, weights, bias]) => tf.matMul(x!, weights!.clone()).add(bias!),
  Relu: (_, [x]) => x!.relu(),
  Mul: (_, [x, scale]) => x!.mul(scale!),
  Add: (_, [x, shift]) => x!.add(shift!),
  Div: (_, [x, divisor]) => x!.div(divisor!),
  Softmax: (_, [x]) => x!.softmax(),
};

function integers({ attribute }: NodeProto, wanted: string): number[] {
  const found = attribute.find(({ name }) => name === wanted)!;
  return found.ints.length > 0 ? found.ints.map(Number) : [Number(found.i)];
}

function pair(node: NodeProto, name: string): [number, number] {
  return integers(node, name) as [number, number];
}

function window(node: NodeProto): [[number, number], [number, number]] {
  return [pair(node, "kernel_shape"), pair(node, "strides")];
}

/** [batch, height, width, channels], with the padding of the node. */
function padded(node: NodeProto, x: tf.Tensor, value: number): tf.Tensor4D {
  const [top, left, bottom, right] = integers(node, "pads");
  const nhwc = x.transpose<tf.Tensor4D>([0, 2, 3, 1]);
  return tf.pad4d(
    nhwc,
    [[0, 0], [top!, bottom!], [left!, right!], [0, 0]],
    value,
  );
}

function channelsFirst(x: tf.Tensor): tf.Tensor {
  return x.transpose([0, 3, 1, 2]);
}
