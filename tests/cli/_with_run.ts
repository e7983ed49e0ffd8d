/** A name for a run of a test's own. @module */

/** Runs `fn` with the name of a run, whose folder is removed afterwards. */
export async function withRun(
  fn: (name: string) => Promise<void>,
): Promise<void> {
  const name = `test-${crypto.randomUUID()}`;
  try {
    await fn(name);
  } finally {
    await Deno.remove(`data/runs/${name}`, { recursive: true }).catch(() => {});
  }
}
