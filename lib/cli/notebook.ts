/**
 * `deno task notebook`: starts Jupyter on the notebooks, with the Deno kernel.
 *
 * What Jupyter writes goes to `data/jupyter`, so that a person's own settings
 * stay as they are.
 *
 * @module
 */

import { findProgram, type Program } from "../notebook/find_program.ts";
import { prepareJupyter } from "../notebook/jupyter_home.ts";
import { helpText, parseCommand } from "./options.ts";
import { type Output, runTask } from "./run_task.ts";
import { projectPath } from "./user_path.ts";

/** What shows notebooks, the best first. */
const JUPYTERS: readonly Program[] = [
  ["jupyter-lab"],
  ["jupyter-notebook"],
  ["jupyter-nbclassic"],
];

/** What is started, and where it keeps its files. */
export interface NotebookOptions {
  /** What to look for. */
  jupyters?: readonly Program[];
  /** The project's `data/jupyter` where left out. */
  home?: string;
}

const COMMAND = {
  name: "notebook",
  summary: "Opens the notebooks in JupyterLab or the classic notebook.",
  operands: "[-- what Jupyter takes]",
  options: {},
} as const;

/** Runs the task, for as long as Jupyter runs. */
export async function notebook(
  args: string[],
  output: Output,
  { jupyters = JUPYTERS, home = projectPath("data/jupyter") }: NotebookOptions =
    {},
): Promise<number> {
  const { help, operands } = parseCommand(COMMAND, args);
  if (help) {
    output.print(helpText(COMMAND));
    return 0;
  }
  const jupyter = await findProgram(jupyters);
  if (!jupyter) {
    throw new Error(
      "Cannot open the notebooks as Jupyter must be installed (pip install jupyterlab, or open the folder in VS Code with its Jupyter extension): the search path has none",
    );
  }
  const env = await prepareJupyter(home);
  const [name, ...own] = jupyter;
  output.print(`Starting ${name} on notebooks/; Ctrl-C ends it`);
  // Both hear a Ctrl-C: it is Jupyter that ends, or asks.
  const ignore = () => {};
  Deno.addSignalListener("SIGINT", ignore);
  try {
    const { code } = await new Deno.Command(name, {
      args: [...own, ...operands],
      cwd: projectPath("notebooks"),
      env,
    }).spawn().status;
    return code;
  } finally {
    Deno.removeSignalListener("SIGINT", ignore);
  }
}

if (import.meta.main) Deno.exit(await runTask(notebook, Deno.args));
