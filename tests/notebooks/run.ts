/**
 * `deno task test:notebooks`: runs the notebooks as a person does, and looks at
 * them in a browser.
 *
 * @module
 */

import { type Output, runTask } from "@lib/cli/run_task.ts";
import { findProgram } from "@lib/notebook/find_program.ts";
import { CHROMIUM, NBCONVERT } from "./programs.ts";

/** Runs the task; with arguments, those are given to `deno test`. */
async function testNotebooks(args: string[], _output: Output): Promise<number> {
  const missing = [
    ...await findProgram(NBCONVERT) ? [] : ["jupyter-nbconvert"],
    ...await findProgram(CHROMIUM) ? [] : ["chromium"],
  ];
  if (missing.length > 0) {
    const names = missing.join(" and ");
    throw new Error(
      `Cannot test the notebooks as ${names} must be installed (Debian: apt-get install --no-install-recommends ${
        missing.join(" ")
      }): the search path has no ${missing.join(" and no ")}`,
    );
  }
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--allow-all", ...args, "tests/notebooks"],
  }).spawn().status;
  return code;
}

if (import.meta.main) Deno.exit(await runTask(testNotebooks, Deno.args));
