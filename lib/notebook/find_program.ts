/** Finding out what is installed. @module */

/** A program, with the arguments that make it what is wanted. */
export type Program = readonly [name: string, ...args: string[]];

/**
 * The first of several programs that tells its version.
 *
 * @returns Undefined where none is installed.
 * @throws {Deno.errors.NotCapable} If one may not be run.
 */
export async function findProgram(
  programs: readonly Program[],
): Promise<Program | undefined> {
  for (const program of programs) {
    const [name, ...args] = program;
    try {
      const { success } = await new Deno.Command(name, {
        args: [...args, "--version"],
        stdout: "null",
        stderr: "null",
      }).output();
      if (success) return program;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}
