/**
 * How often something can be done in a second.
 *
 * @module
 */

/**
 * Calls `fn` once for nothing, as caches may be cold, and then over and over.
 *
 * @param seconds How long; the call under way is waited for.
 * @returns Calls a second.
 */
export async function rate(
  fn: () => unknown,
  seconds: number,
): Promise<number> {
  await fn();
  const start = performance.now();
  let calls = 0;
  let spent: number;
  do {
    const result = fn();
    // A promise only where there is one: waiting takes its time too.
    if (result instanceof Promise) await result;
    calls++;
    spent = (performance.now() - start) / 1000;
  } while (spent < seconds);
  return calls / spent;
}
