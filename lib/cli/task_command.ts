/**
 * How a person types a task.
 *
 * @module
 */

/**
 * A command to paste: `deno task …`, or through npx where Deno itself came from
 * npm and need not be on the path.
 */
export function taskCommand(task: string): string {
  const deno = Deno.execPath().includes("node_modules")
    ? `npx -y deno@${Deno.version.deno}`
    : "deno";
  return `${deno} task ${task}`;
}
