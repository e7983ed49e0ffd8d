/** Jupyter as the tests use it: with the Deno kernel and without settings. */

import { resolve } from "node:path";
import { prepareJupyter } from "@lib/notebook/jupyter_home.ts";

/** Runs `jupyter nbconvert`. */
export type Nbconvert = (...args: string[]) => Promise<void>;

/**
 * @param folder Gets all that Jupyter writes besides its results.
 * @returns Throws an error with what it said where it fails.
 */
export async function startJupyter(folder: string): Promise<Nbconvert> {
  const env = await prepareJupyter(resolve(folder, "jupyter"));
  return async (...args) => {
    const { success, stderr } = await new Deno.Command("jupyter-nbconvert", {
      args,
      env: { ...env, NO_COLOR: "1" },
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  };
}

/** Arguments that execute a notebook in a fresh kernel. */
export function executeInto(folder: string): string[] {
  return [
    ...["--to", "notebook", "--execute", "--output-dir", resolve(folder)],
    ...["--ExecutePreprocessor.timeout=600"],
    ...["--ExecutePreprocessor.record_timing=False"],
  ];
}
