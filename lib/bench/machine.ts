/**
 * What a measurement was made on.
 *
 * @module
 */

import { cpus } from "node:os";
import * as tf from "@tensorflow/tfjs";

/** A figure without these says little. */
export interface Machine {
  /** As the system calls it; null where that may not be asked. */
  processor: string | null;
  cores: number;
  versions: {
    deno: string;
    v8: string;
    tfjs: string;
    /** The commit of a clone; null where there is none. */
    project: string | null;
  };
}

/** Looks at the machine that this runs on. */
export async function describeMachine(): Promise<Machine> {
  const { state } = await Deno.permissions.query({ name: "sys", kind: "cpus" });
  return {
    processor: state === "granted" ? cpus()[0]?.model ?? null : null,
    cores: navigator.hardwareConcurrency,
    versions: {
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      tfjs: tf.version.tfjs,
      project: await projectCommit(),
    },
  };
}

/** The first digits of the commit, where Git keeps it in a file of its own. */
async function projectCommit(): Promise<string | null> {
  const git = new URL("../../.git/", import.meta.url);
  try {
    const head = await Deno.readTextFile(new URL("HEAD", git));
    const branch = head.match(/^ref: (.*)$/m)?.[1];
    const commit = branch
      ? await Deno.readTextFile(new URL(branch, git))
      : head;
    return commit.slice(0, 12);
  } catch {
    // No clone, or packed away: the figures stand without it.
    return null;
  }
}
