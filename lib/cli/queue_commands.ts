/**
 * The command lines of the tasks that use a queue.
 *
 * @module
 */

import {
  MAX_MEGAPIXELS,
  MODEL_OPTION,
  READ_OPTIONS,
  THREAD_OPTIONS,
} from "./batch_options.ts";
import {
  type Arguments,
  type Command,
  type Option,
  parseCommand,
  UsageError,
} from "./options.ts";

const QUEUE_OPTION = {
  queue: {
    type: "text",
    value: "URL",
    help: "The Redis server, such as redis://127.0.0.1:6379",
  },
} as const;

const SUBMIT = {
  name: "submit",
  summary: "Puts pictures on a queue, and writes what `worker` reads off them.",
  notes: [
    "Workers must find the pictures at the same paths; the same command goes on",
    "with an --out that was not finished.",
  ],
  operands: "PICTURE|FOLDER…",
  options: {
    ...QUEUE_OPTION,
    out: {
      type: "text",
      value: "FILE",
      help: "Writes an object a picture to FILE, each on a line, in order",
    },
    csv: {
      type: "flag",
      help: "Comma-separated values instead of JSON objects",
    },
    ...READ_OPTIONS,
    ...MODEL_OPTION,
  },
} as const;

const WORKER = {
  name: "worker",
  summary: "Reads the pictures of a queue, " +
    "beside as many others as wanted.",
  notes: [
    "Ctrl-C ends it when the pictures in hand are read, and at once when it is",
    "typed again: then others read them.",
  ],
  operands: "",
  options: {
    ...QUEUE_OPTION,
    ...MODEL_OPTION,
    "max-megapixels": {
      ...MAX_MEGAPIXELS,
      help: "A picture of more millions of pixels is not decoded, " +
        "whatever submit says",
    },
    ...THREAD_OPTIONS,
  },
} as const;

const PROGRESS = {
  name: "progress",
  summary: "Shows how far the pictures of a queue are, seen from anywhere.",
  operands: "",
  options: {
    ...QUEUE_OPTION,
    ...MODEL_OPTION,
    json: { type: "flag", help: "Prints the figures as one JSON object" },
  },
} as const;

const COMMANDS = { submit: SUBMIT, worker: WORKER, progress: PROGRESS };

/** A task of the queue. */
export type QueueTaskName = keyof typeof COMMANDS;

/** What a task of the queue was told; it has a queue, and submit an out. */
export type QueueArguments<Name extends QueueTaskName> = Arguments<
  (typeof COMMANDS)[Name]["options"]
>;

/** The tasks' command lines, by name. */
export const QUEUE_COMMANDS: Record<
  QueueTaskName,
  Command<Record<string, Option>>
> = COMMANDS;

/**
 * Parses a command line, and sees to what must be there.
 *
 * @throws {UsageError} If the command line is wrong.
 */
export function parseQueueCommand<Name extends QueueTaskName>(
  name: Name,
  args: string[],
): QueueArguments<Name> {
  const parsed = parseCommand(QUEUE_COMMANDS[name], args);
  const { options, operands, help } = parsed;
  const needs = (what: string) =>
    new UsageError(`Cannot run ${name} as it takes ${what}: there is none`);
  if (!help) {
    if (options["queue"] === undefined) throw needs("--queue URL");
    if (name === "submit" && options["out"] === undefined) {
      throw needs("--out FILE");
    }
    if (name === "submit" && operands.length === 0) {
      throw needs("at least one picture or folder");
    }
  }
  return parsed as unknown as QueueArguments<Name>;
}
