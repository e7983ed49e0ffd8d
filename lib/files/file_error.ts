/**
 * What the system says about a file, put into one sentence.
 *
 * @module
 */

/**
 * An error of the same class that says what was tried before what came.
 *
 * @param tried What was tried and is wanted, such as `Cannot read a.gz as …`.
 * @param error What came: an error of `Deno.readFile` and the like.
 */
export function fileError(tried: string, error: unknown): Error {
  const cause = error as Error;
  // "Not a directory (os error 20): readfile 'a.gz'": the path is said already.
  const came = cause instanceof Deno.errors.NotCapable
    ? "this task is not permitted to"
    : cause.message.split(": ")[0];
  const SameError = cause.constructor as ErrorConstructor;
  return new SameError(`${tried}: ${came}`, { cause });
}
