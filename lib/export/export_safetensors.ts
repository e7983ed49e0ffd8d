/**
 * Writing the weights of a network as safetensors, for other frameworks.
 *
 * Layout: the length of the header (u64, little-endian), the header in JSON, the
 * weights behind one another. The header has the type, the shape and the bytes
 * from and to for each weight, and under `__metadata__` words by name.
 * Source: Hugging Face, "Safetensors", format.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { describeModel, type ModelFacts } from "./describe_model.ts";

/** The header fills these up with spaces, so that the weights are aligned. */
const ALIGNMENT = 8;

/**
 * @param model Its weights keep their names, shapes and values: filters are
 *   [height, width, in, out], dense kernels [in, out]. The temperature stays
 *   divided into the last ones.
 * @returns The bytes of a file, the same for the same model and facts. Its
 *   metadata holds the layers, as `model.json` does, under `architecture`.
 */
export async function exportSafetensors(
  model: tf.LayersModel,
  facts: ModelFacts,
): Promise<Uint8Array<ArrayBuffer>> {
  const header: Record<string, unknown> = {
    __metadata__: {
      format: "tfjs",
      ...await describeModel(model, facts),
      architecture: model.toJSON() as string,
    },
  };
  const parts: Float32Array<ArrayBuffer>[] = [];
  let end = 0;
  for (const weight of model.weights) {
    const values = weight.read().dataSync<"float32">();
    const start = end;
    end += values.byteLength;
    header[weight.originalName] = {
      dtype: "F32",
      shape: weight.shape,
      data_offsets: [start, end],
    };
    parts.push(new Float32Array(values));
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(8 + length + end);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(length), true);
  file.fill(0x20, 8, 8 + length);
  file.set(json, 8);
  let at = 8 + length;
  for (const values of parts) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return file;
}
