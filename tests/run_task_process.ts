/** Tasks as processes of their own, to be killed. @module */

import config from "../deno.json" with { type: "json" };

const decoder = new TextDecoder();

/** What Deno says of packages that it lacks yet, and no task does. */
const DOWNLOAD = /^Download .*\n/gm;

/** A task that runs. */
export interface TaskProcess {
  /** Ends it as a loss of power would. */
  kill(): Promise<void>;
  /** What came of it; `code` is not 0 where it was killed. */
  ended: Promise<{ code: number; out: string; err: string }>;
}

/**
 * Starts a task with the permissions that `deno.json` gives it, and without
 * the shell of `deno task` between, which would not hand on a signal.
 *
 * @param name A task whose command is plain words.
 */
export function startTask(
  name: keyof typeof config.tasks,
  ...args: string[]
): TaskProcess {
  const [, ...words] = config.tasks[name].command.split(" ");
  const child = new Deno.Command(Deno.execPath(), {
    args: [...words, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return {
    ended: child.output().then(({ code, stdout, stderr }) => ({
      code,
      out: decoder.decode(stdout),
      err: decoder.decode(stderr).replaceAll(DOWNLOAD, ""),
    })),
    async kill() {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        // It has come to its end.
        if (!(error instanceof TypeError)) throw error;
      }
      await child.status;
    },
  };
}
