/**
 * What a task may do, by its command line: Deno's flags cannot know which
 * folder a person is going to name.
 *
 * @module
 */

import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { resultFiles } from "../batch/result_file.ts";
import { MIRRORS } from "../mnist/download_file.ts";
import { EVALUATE } from "./evaluate_command.ts";
import type { Command, Option } from "./options.ts";
import { RECOGNIZE } from "./recognize_command.ts";
import { projectPath, userPath } from "./user_path.ts";
import { withTargets } from "./with_targets.ts";

/** A task that is confined to what it was told to read and write. */
interface ConfinedTask {
  command: Command<Record<string, Option>>;
  /** Options that name a folder to write to. */
  folders: readonly string[];
  /** Options that name a file to write. */
  files: readonly string[];
  /** Options that name a file of results, which is gone on with. */
  results: readonly string[];
  /** Whether it takes MNIST, and fetches it where it is told of no folder. */
  takesMnist: boolean;
}

const TASKS: Record<string, ConfinedTask> = {
  recognize: {
    command: RECOGNIZE,
    folders: ["overlay"],
    files: ["explain"],
    results: ["out"],
    takesMnist: false,
  },
  evaluate: {
    command: EVALUATE,
    folders: ["save", "failures"],
    files: [],
    results: [],
    takesMnist: true,
  },
};

/** Permissions of a thread: lists of what is granted. */
export interface Permissions {
  env: string[];
  ffi: false;
  import: false;
  net: string[] | false;
  read: string[];
  run: false;
  sys: false;
  write: string[] | false;
}

/**
 * Finds the narrowest permissions that let a task do what it is told: it reads
 * what is named on its command line, the model and its own sources, writes
 * where an option says so, and reaches MNIST's mirrors where it must.
 *
 * @param name Of a task that is confined.
 */
export function permissionsFor(name: string, args: string[]): Permissions {
  const task = TASKS[name]!;
  const { values, positionals } = parseLoosely(name, args);
  const paths = (options: readonly string[]) =>
    options.map((option) => values[option])
      .filter(isPath).map(userPath);
  const data = values["data"] ?? "auto";
  const downloads = task.takesMnist && values["pictures"] === undefined &&
    (data === "auto" || data === "full");
  const write = [
    ...paths(task.folders),
    // Files are written under another name first, in the same folder.
    ...paths(task.files).map((file) => dirname(file)),
    ...paths(task.results).flatMap(resultFiles),
    ...downloads ? [projectPath("data/mnist")] : [],
  ];
  const read = [
    projectPath("lib"),
    projectPath("data/model"),
    ...paths(["model", "data", "pictures"]),
    ...positionals.map(userPath),
    ...write,
  ];
  return {
    env: ["INIT_CWD"],
    ffi: false,
    import: false,
    net: downloads
      ? MIRRORS.map((url) => `${new URL(url).hostname}:443`)
      : false,
    read: withTargets(read),
    run: false,
    sys: false,
    write: write.length > 0 ? withTargets(write) : false,
  };
}

/** The model's folder, as typed; the shipped one where left out. */
export function modelOption(name: string, args: string[]): string | undefined {
  const { model } = parseLoosely(name, args).values;
  return isPath(model) ? model : undefined;
}

/** Whether it can be what an option that takes a path is given. */
function isPath(value: unknown): value is string {
  return typeof value === "string" && /^(?!--)./.test(value);
}

/** What can be told of a command line that may be wrong. */
function parseLoosely(name: string, args: string[]) {
  return parseArgs({
    args,
    // Of an option that takes a value, that value is no picture.
    options: Object.fromEntries(
      Object.entries(TASKS[name]!.command.options).map(([option, { type }]) => [
        option,
        { type: type === "flag" ? "boolean" : "string" },
      ]),
    ),
    strict: false,
    allowPositionals: true,
  });
}
