/**
 * Paths as the person meant them.
 *
 * @module
 */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder. */
const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Resolves a path against the folder that `deno task` was typed in, which is
 * not always the project's: a task itself runs in the latter.
 */
export function userPath(path: string): string {
  const { state } = Deno.permissions.querySync({
    name: "env",
    variable: "INIT_CWD",
  });
  const typedIn = state === "granted" ? Deno.env.get("INIT_CWD") : undefined;
  return resolve(typedIn ?? "", path);
}

/** A path below the project's folder, wherever the task was typed. */
export function projectPath(path: string): string {
  return resolve(PROJECT, path);
}

/** What `--data` says: one of its words, or a folder. */
export function dataPath(data: string): string {
  return ["auto", "full", "sample"].includes(data) ? data : userPath(data);
}
