/**
 * Writing a network as ONNX, for engines other than this project's.
 *
 * The graph is the network in as few nodes as it takes: dropout is gone, batch
 * norm is folded into the weights around it. It takes `images`, [batch, 1, 28,
 * 28] as engines expect pictures; as there is one channel, [batch, 28, 28, 1]
 * has the same bytes. It gives `logits`, [batch, classes], as they are before
 * the temperature, and `probabilities`, the softmax of `logits / temperature`.
 * The temperature stands in the graph as a number of its own, so that whoever
 * measures a better one for other digits changes that and nothing else.
 *
 * @module
 */

import { toBinary } from "@bufbuild/protobuf";
import type * as tf from "@tensorflow/tfjs";
import { ModelProtoSchema } from "onnx-buf";
import { classCount } from "../model/mod.ts";
import { describeModel, type ModelFacts, PRODUCER } from "./describe_model.ts";
import { fold } from "./_fold.ts";
import { onnxModel } from "./_onnx_model.ts";
import type { Affine } from "./_steps.ts";
import { toSteps } from "./_to_steps.ts";

/**
 * @param model Takes [batch, 28, 28, 1], gives [batch, 10] or [batch, 11]: a
 *   chain of layers that ends in softmax. Its last weights have been divided by
 *   the temperature; that is taken out of them again.
 * @returns The bytes of a file of opset 11, the same for the same weights and
 *   facts.
 * @throws {TypeError} If a layer is of a kind that cannot be exported.
 *
 * @example Four bytes a weight, and some for the graph
 * ```ts
 * import { startWasmBackend } from "../kernels/mod.ts";
 * import { createModel } from "../model/mod.ts";
 * import { assertGreater } from "@std/assert";
 *
 * await startWasmBackend();
 * const model = createModel("small", 7);
 * const file = await exportOnnx(model, { license: "MIT" });
 * assertGreater(file.length, 4 * model.countParams());
 * ```
 */
export async function exportOnnx(
  model: tf.LayersModel,
  facts: ModelFacts,
): Promise<Uint8Array<ArrayBuffer>> {
  const { temperature = 1 } = facts;
  const classes = classCount(model);
  const steps = toSteps(model);
  const untempered: Affine = {
    kind: "affine",
    scale: new Float64Array(classes).fill(temperature),
    shift: new Float64Array(classes),
    flat: true,
  };
  const file = onnxModel(
    fold(steps.toSpliced(-1, 0, untempered)),
    temperature,
    classes,
    {
      producer: PRODUCER,
      description:
        "Tells handwritten digits apart: images [batch, 1, 28, 28] to logits and probabilities [batch, classes]; probabilities = softmax(logits / temperature). The metadata says more.",
      metadata: {
        ...await describeModel(model, facts),
        input_layout:
          "[batch, 1, 28, 28]; with one channel, [batch, 28, 28, 1] has the same bytes",
        temperature: `${temperature}`,
      },
    },
  );
  return toBinary(ModelProtoSchema, file);
}
