/**
 * What a task may do, by its command line: Deno's flags cannot know which
 * folder a person is going to name.
 *
 * @module
 */

import { basename, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { MIRRORS } from "../mnist/download_file.ts";
import { projectPath, userPath } from "./user_path.ts";

/** A task that is confined to what it was told to read and write. */
interface ConfinedTask {
  /** Options that name a folder to write to. */
  folders: readonly string[];
  /** Options that name a file to write. */
  files: readonly string[];
  /** Whether it takes MNIST, and fetches it where it is told of no folder. */
  takesMnist: boolean;
}

const TASKS: Record<string, ConfinedTask> = {
  recognize: {
    folders: ["overlay"],
    files: ["explain", "out", "csv"],
    takesMnist: false,
  },
  evaluate: { folders: ["save", "failures"], files: [], takesMnist: true },
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
  const { values, positionals } = parseArgs({
    args,
    options: Object.fromEntries(
      [...task.folders, ...task.files, "model", "data", "pictures"]
        .map((option) => [option, { type: "string" }]),
    ),
    strict: false,
    allowPositionals: true,
  });
  const paths = (options: readonly string[]) =>
    options.map((option) => values[option])
      .filter((value) => typeof value === "string" && /^(?!--)./.test(value))
      .map((value) => userPath(value as string));
  const data = values["data"] ?? "auto";
  const downloads = task.takesMnist && values["pictures"] === undefined &&
    (data === "auto" || data === "full");
  const write = [
    ...paths(task.folders),
    // Files are written under another name first, in the same folder.
    ...paths(task.files).map((file) => dirname(file)),
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
    net: downloads ? MIRRORS.map((url) => new URL(url).host) : false,
    read: withTargets(read),
    run: false,
    sys: false,
    write: write.length > 0 ? withTargets(write) : false,
  };
}

/** Paths, and where links in them lead: Deno asks for both. */
function withTargets(paths: string[]): string[] {
  return [...new Set(paths.flatMap((path) => [path, target(path)]))];
}

/** Where a path leads, whose last parts need not be there yet. */
function target(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : resolve(target(above), basename(path));
  }
}
