/**
 * `deno task recognize`: reads the numbers off pictures.
 *
 * @module
 */

import { basename } from "node:path";
import { makeFolder, writeWhole } from "../files/mod.ts";
import { encodePng } from "../image/mod.ts";
import { drawOverlay, MIN_CONFIDENCE, type Reading } from "../read/mod.ts";
import { helpText, parseCommand, UsageError } from "./options.ts";
import {
  createPictureReader,
  MAX_MEGAPIXELS,
  type ReadResult,
} from "./picture_reader.ts";
import { errorMessage, type Output, runTask } from "./run_task.ts";
import { userPath } from "./user_path.ts";

const COMMAND = {
  name: "recognize",
  summary: "Reads the handwritten numbers off pictures: " +
    "PNG, JPEG, WebP, TIFF or BMP.",
  operands: "PICTURE…",
  options: {
    json: {
      type: "flag",
      help: "Prints a JSON object a picture, each on a line",
    },
    length: {
      type: "integer",
      value: "N",
      minimum: 1,
      maximum: 10000,
      help: "How many digits each picture holds, where you know it",
    },
    "min-confidence": {
      type: "number",
      value: "P",
      default: MIN_CONFIDENCE,
      minimum: 0,
      maximum: 1,
      help: "A digit that is less probable is shown as ?",
    },
    overlay: {
      type: "text",
      value: "DIR",
      help: "Writes each picture to DIR as PNG, its digits boxed and named",
    },
    explain: {
      type: "text",
      value: "FILE.html",
      help: "Writes a page that shows each stage of reading the picture",
    },
    "max-megapixels": MAX_MEGAPIXELS,
    model: {
      type: "text",
      value: "DIR",
      help: "A model of your own, such as data/runs/NAME; " +
        "the one in data/model where left out",
    },
  },
} as const;

/** Runs the task. */
export async function recognize(
  args: string[],
  output: Output,
): Promise<number> {
  const { options, operands, help } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  if (operands.length === 0) {
    throw new UsageError(
      "Cannot run recognize as it takes at least one picture: there is none",
    );
  }
  if (options.explain !== undefined && operands.length > 1) {
    throw new UsageError(
      `Cannot run recognize as --explain takes one picture: there are ${operands.length}`,
    );
  }
  const overlay = options.overlay === undefined
    ? undefined
    : await overlayFolder(userPath(options.overlay));
  const read = await createPictureReader(options.model, {
    length: options.length,
    minConfidence: options["min-confidence"],
    megapixels: options["max-megapixels"],
  });
  let failures = 0;
  for (const path of operands) {
    let result: ReadResult;
    try {
      result = await read(path);
      await overlay?.(path, result);
      if (options.explain !== undefined) {
        await writeExplanation(options.explain, path, result);
      }
    } catch (error) {
      failures++;
      const message = errorMessage(error);
      if (options.json) {
        output.print(JSON.stringify({ image: path, error: message }));
      } else {
        output.warn(`Error: ${path}: ${message}`);
      }
      continue;
    }
    if (options.json) {
      output.print(JSON.stringify({ image: path, ...result.reading }));
    } else {
      if (operands.length > 1) output.print(`${path}:`);
      output.print(readingText(path, result.reading));
    }
  }
  return failures > 0 ? 1 : 0;
}

async function writeExplanation(
  file: string,
  path: string,
  { picture, stages, reading }: ReadResult,
): Promise<void> {
  // Loaded when needed: Plotly comes with the other pages.
  const { explainPage } = await import("../plot/explain_page.ts");
  const { explainReading } = await import("./explain_reading.ts");
  const name = basename(path);
  const page = explainPage(
    await explainReading(name, picture, stages, reading),
  );
  await writeWhole(userPath(file), page);
}

/** What was read, for a person. */
function readingText(path: string, { lines }: Reading): string {
  if (lines.length === 0) return `No digits found in ${path}`;
  if (lines.length === 1) return `Predicted number: ${lines[0]!.text}`;
  return ["Predicted numbers:", ...lines.map(({ text }) => text)].join("\n");
}

/** Makes the folder, and a function that writes an overlay to it. */
async function overlayFolder(folder: string) {
  await makeFolder(folder);
  const used = new Map<string, number>();
  return async (path: string, { picture, reading }: ReadResult) => {
    // Pictures of the same name, from several folders, must not overwrite.
    const count = (used.get(basename(path)) ?? 0) + 1;
    used.set(basename(path), count);
    const name = basename(path) + (count === 1 ? "" : `-${count}`);
    const drawn = drawOverlay(picture, reading.lines);
    await writeWhole(`${folder}/${name}.overlay.png`, await encodePng(drawn));
  };
}

if (import.meta.main) Deno.exit(await runTask(recognize, Deno.args));
