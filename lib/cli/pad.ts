/**
 * `deno task pad`: a page to draw numbers on, served to this computer alone.
 *
 * @module
 */

import { startPad } from "../pad/mod.ts";
import { helpText, parseCommand } from "./options.ts";
import { loadClassifier } from "./load_classifier.ts";
import { imageReader } from "./picture_reader.ts";
import { type Output, runTask } from "./run_task.ts";

const COMMAND = {
  name: "pad",
  summary: "Serves a page to draw a number on, for this computer's browser.",
  operands: "",
  options: {
    port: {
      type: "integer",
      value: "N",
      default: 0,
      minimum: 0,
      maximum: 65535,
      help: "Of 127.0.0.1; 0 takes one that is free",
    },
    model: {
      type: "text",
      value: "DIR",
      help: "A model of your own, such as data/runs/NAME; " +
        "the one in data/model where left out",
    },
  },
} as const;

/**
 * Runs the task until Ctrl-C.
 *
 * @param onServing Called once the page can be opened.
 */
export async function pad(
  args: string[],
  output: Output,
  onServing?: () => void,
): Promise<number> {
  const { options, help } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  const read = imageReader(await loadClassifier(options.model));
  const served = await startPad(
    async (picture) => (await read(picture)).reading,
    { port: options.port },
  );
  output.print(`Draw on ${served.url}`);
  output.print("Ctrl-C ends it");
  onServing?.();
  await interrupt();
  await served.close();
  return 0;
}

function interrupt(): Promise<void> {
  return new Promise((done) => Deno.addSignalListener("SIGINT", () => done()));
}

/** Gives up all permissions: pictures are read without one. */
export function dropPermissions(): void {
  for (const name of ["read", "net", "env"] as const) {
    Deno.permissions.revokeSync({ name });
  }
}

if (import.meta.main) {
  Deno.exit(
    await runTask(
      (args, output) => pad(args, output, dropPermissions),
      Deno.args,
    ),
  );
}
