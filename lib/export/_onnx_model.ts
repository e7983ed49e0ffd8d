/**
 * From steps to the messages of an ONNX file.
 *
 * Source: ONNX, "Open Neural Network Exchange Intermediate Representation" and
 * its operators of opset 11.
 *
 * @module
 */

import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from "onnx-buf";
import type { Step, Window } from "./_steps.ts";

/** The oldest in which all that is used means what it means today. */
const OPSET = 11n;

/** That came with it, in ONNX 1.6. */
const IR_VERSION = 6n;

type Node = MessageInitShape<typeof NodeProtoSchema>;
type Tensor = MessageInitShape<typeof TensorProtoSchema>;
type Attribute = MessageInitShape<typeof AttributeProtoSchema>;

/** What one step becomes, but for its names. */
interface Operation {
  opType: string;
  /** Integers by the names of the attributes. */
  attributes?: Record<string, number | readonly number[]>;
  /** What it takes behind the values of the step before, by its name there. */
  weights?: Record<string, Weights>;
  /** What it takes behind that: sizes, of which -1 is what is left. */
  shape?: readonly number[];
}

interface Weights {
  dims: number[];
  values: Float64Array;
}

/** What the file says beside the network. */
export interface OnnxTexts {
  producer: string;
  description: string;
  /** The `metadata_props`, in this order. */
  metadata: Record<string, string>;
}

/**
 * @param steps Take [batch, 1, 28, 28]; the last is the softmax.
 * @param temperature What the logits are divided by for it.
 * @param classes Values in a row of what comes out.
 */
export function onnxModel(
  steps: readonly Step[],
  temperature: number,
  classes: number,
  { producer, description, metadata }: OnnxTexts,
): ModelProto {
  const nodes: Node[] = [];
  const tensors: Tensor[] = [];
  /** A node that takes a value and gives another one. */
  const add = (
    name: string,
    { opType, attributes = {}, weights = {}, shape }: Operation,
    input: string,
    output = name,
  ) => {
    for (const [part, { dims, values }] of Object.entries(weights)) {
      tensors.push(tensor(`${name}_${part}`, dims, values));
    }
    if (shape) tensors.push(integers(`${name}_shape`, shape));
    const parts = [...Object.keys(weights), ...shape ? ["shape"] : []];
    nodes.push({
      name,
      opType,
      input: [input, ...parts.map((part) => `${name}_${part}`)],
      output: [output],
      attribute: Object.entries(attributes).map(attribute),
    });
    return output;
  };

  const operations = steps.flatMap(toOperations);
  const softmax = operations.pop()!;
  let value = "images";
  for (const [index, operation] of operations.entries()) {
    const name = `${operation.opType.toLowerCase()}_${index + 1}`;
    const isLast = index === operations.length - 1;
    value = add(name, operation, value, isLast ? "logits" : name);
  }
  tensors.push(tensor("temperature", [], Float64Array.of(temperature)));
  nodes.push({
    name: "tempered",
    opType: "Div",
    input: [value, "temperature"],
    output: ["tempered"],
  });
  add("probabilities", softmax, "tempered");

  return create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    opsetImport: [{ version: OPSET }],
    producerName: producer,
    docString: description,
    modelVersion: 1n,
    metadataProps: Object.entries(metadata)
      .map(([key, value]) => ({ key, value })),
    graph: {
      name: "digits",
      node: nodes,
      initializer: tensors,
      input: [valueInfo("images", [1, 28, 28])],
      output: [
        valueInfo("logits", [classes]),
        valueInfo("probabilities", [classes]),
      ],
    },
  });
}

function toOperations(step: Step): Operation[] {
  switch (step.kind) {
    case "convolution": {
      const { filter, inChannels, bias, kernel, dilations } = step;
      return [{
        opType: "Conv",
        attributes: { ...windowAttributes(step), dilations, group: 1 },
        weights: {
          filter: {
            dims: [bias.length, inChannels, ...kernel],
            values: filter,
          },
          bias: { dims: [bias.length], values: bias },
        },
      }];
    }
    case "dense": {
      const { weights, bias } = step;
      const dims = [weights.length / bias.length, bias.length];
      return [{
        opType: "Gemm",
        weights: {
          weights: { dims, values: weights },
          bias: { dims: [bias.length], values: bias },
        },
      }];
    }
    case "affine": {
      const { scale, shift, flat } = step;
      const dims = [scale.length, ...flat ? [] : [1, 1]];
      return [
        { opType: "Mul", weights: { scale: { dims, values: scale } } },
        { opType: "Add", weights: { shift: { dims, values: shift } } },
      ];
    }
    case "maxPool":
      return [{ opType: "MaxPool", attributes: windowAttributes(step) }];
    case "averagePool":
      return [{ opType: "AveragePool", attributes: windowAttributes(step) }];
    case "globalMaxPool":
      return [{ opType: "GlobalMaxPool" }];
    case "globalAveragePool":
      return [{ opType: "GlobalAveragePool" }];
    case "flatten":
      return [{ opType: "Flatten", attributes: { axis: 1 } }];
    case "splitViews":
      return [{ opType: "Reshape", shape: [-1, 1, ...step.size] }];
    case "meanOfViews":
      return [
        { opType: "Reshape", shape: [-1, step.views, step.features] },
        { opType: "ReduceMean", attributes: { axes: [1], keepdims: 0 } },
      ];
    case "relu":
      return [{ opType: "Relu" }];
    case "softmax":
      return [{ opType: "Softmax", attributes: { axis: 1 } }];
  }
}

function windowAttributes({ kernel, strides, pads }: Window) {
  return { kernel_shape: kernel, strides, pads };
}

function attribute(
  [name, value]: [string, number | readonly number[]],
): Attribute {
  return typeof value === "number"
    ? { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) }
    : {
      name,
      type: AttributeProto_AttributeType.INTS,
      ints: value.map(BigInt),
    };
}

/** Little-endian, as the format wants it. */
function tensor(name: string, dims: number[], values: Float64Array): Tensor {
  const rawData = new Uint8Array(values.length * 4);
  const view = new DataView(rawData.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return {
    name,
    dims: dims.map(BigInt),
    dataType: TensorProto_DataType.FLOAT,
    rawData,
  };
}

/** As `tensor()`, of one dimension. */
function integers(name: string, values: readonly number[]): Tensor {
  const rawData = new Uint8Array(values.length * 8);
  const view = new DataView(rawData.buffer);
  values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
  return {
    name,
    dims: [BigInt(values.length)],
    dataType: TensorProto_DataType.INT64,
    rawData,
  };
}

/** Floats of those sizes behind a batch of any size. */
function valueInfo(
  name: string,
  sizes: number[],
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = [
    { value: { case: "dimParam" as const, value: "batch" } },
    ...sizes.map((size) => ({
      value: { case: "dimValue" as const, value: BigInt(size) },
    })),
  ];
  const value = { elemType: TensorProto_DataType.FLOAT, shape: { dim } };
  return { name, type: { value: { case: "tensorType", value } } };
}
