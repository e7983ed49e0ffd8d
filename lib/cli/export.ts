/**
 * `deno task export`: writes a model for other engines and frameworks.
 *
 * @module
 */

import { exportOnnx, exportSafetensors } from "../export/mod.ts";
import { writeWhole } from "../files/mod.ts";
import { thousands } from "../format/numbers.ts";
import { startWasmBackend } from "../kernels/mod.ts";
import { classCount, loadModel } from "../model/mod.ts";
import { helpText, parseCommand, UsageError } from "./options.ts";
import { modelPath } from "./model_path.ts";
import { type Output, runTask } from "./run_task.ts";
import { readTrainingRecord } from "./training_record.ts";
import { userPath } from "./user_path.ts";

const COMMAND = {
  name: "export",
  summary: "Writes a model for other engines; lib/export/README.md has " +
    "the calls for ONNX Runtime, Spark, Ray and Triton.",
  operands: "",
  options: {
    onnx: {
      type: "text",
      value: "FILE",
      help: "Writes ONNX, opset 11: images [batch, 1, 28, 28] to " +
        "logits and probabilities",
    },
    safetensors: {
      type: "text",
      value: "FILE",
      help: "Writes the weights alone, by the names of their layers",
    },
    model: {
      type: "text",
      value: "DIR",
      help: "A model of your own; the one in data/model where left out",
    },
    license: {
      type: "text",
      value: "TEXT",
      default: "MIT",
      help: "What the file says of its license",
    },
  },
} as const;

/** Runs the task; it is named after what it does, as `export` is no name. */
export async function exportModel(
  args: string[],
  output: Output,
): Promise<number> {
  const { options, help } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  const { onnx, safetensors, license } = options;
  if (onnx === undefined && safetensors === undefined) {
    throw new UsageError(
      "Cannot run export as --onnx or --safetensors must name a file: there is neither",
    );
  }
  if (onnx === safetensors) {
    throw new UsageError(
      `Cannot run export as --onnx and --safetensors must name two files: both name ${onnx}`,
    );
  }
  await startWasmBackend();
  const folder = modelPath(options.model);
  const model = await loadModel(folder);
  const record = await readTrainingRecord(folder);
  if (record.accuracy === undefined) {
    output.warn(
      `The files do not say how accurate the model is, as there is neither history.json nor README.md in ${folder}`,
    );
  }
  const facts = { ...record, license };
  const write = async (file: string, bytes: Uint8Array, what: string) => {
    await writeWhole(userPath(file), bytes);
    output.print(`Wrote ${file}: ${what}, ${thousands(bytes.length)} bytes`);
  };
  if (onnx !== undefined) {
    const classes = classCount(model);
    await write(
      onnx,
      await exportOnnx(model, facts),
      `ONNX, images [batch, 1, 28, 28] to logits and probabilities [batch, ${classes}]`,
    );
  }
  if (safetensors !== undefined) {
    await write(
      safetensors,
      await exportSafetensors(model, facts),
      `safetensors, ${model.weights.length} weights`,
    );
  }
  return 0;
}

if (import.meta.main) Deno.exit(await runTask(exportModel, Deno.args));
