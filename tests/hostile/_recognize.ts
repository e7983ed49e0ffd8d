/**
 * Runs `deno task recognize` and sees what it takes.
 *
 * @module
 */

import { resolve } from "node:path";
import config from "../../deno.json" with { type: "json" };

/** How a run went. */
export interface Run {
  code: number;
  /** Lines on stdout. */
  out: string[];
  /** Lines on stderr. */
  err: string[];
  /** The most memory, in bytes. */
  peak: number;
  /** Of all threads, in ms. */
  cpu: number;
}

/** Runs the command line of `deno.json`. */
export async function runRecognize(...args: string[]): Promise<Run> {
  const { command } = config.tasks.recognize;
  const preload = resolve("tests/hostile/_peak.ts");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["task", "--quiet", "--eval"],
      command.replace("deno run ", `deno run --preload="${preload}" `) +
      args.map((arg) => ` "${arg}"`).join(""),
    ],
    env: { INIT_CWD: resolve(".") },
  }).output();
  const lines = (bytes: Uint8Array) =>
    new TextDecoder().decode(bytes).split("\n").filter((line) => line !== "");
  const err = lines(stderr);
  const [, peak, cpu] = err.at(-1)?.match(/^PEAK (\d+) CPU (\d+)$/) ?? [];
  return {
    code,
    out: lines(stdout),
    err: err.slice(0, -1),
    peak: Number(peak),
    cpu: Number(cpu),
  };
}
