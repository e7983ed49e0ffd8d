/**
 * The stop button of a notebook, which sends SIGINT.
 *
 * Unheard it ends the kernel, with all that the cells have made (denoland/deno
 * issue 24491).
 *
 * @module
 */

let current: AbortController | undefined;

/**
 * A signal for the next press of the stop button. From the first call on, a
 * press ends what listens to the last signal, and never the kernel.
 */
export function stopSignal(): AbortSignal {
  if (!current) {
    Deno.addSignalListener("SIGINT", () => current!.abort());
  }
  current = new AbortController();
  return current.signal;
}
