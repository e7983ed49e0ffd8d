// @ts-check
/**
 * Asks the server while somebody draws.
 *
 * A question waits until the pen rests for a moment, but not for long. A newer
 * one ends those before it, and an answer that comes out of order is dropped.
 *
 * @module
 */

/**
 * @template Body, Answer
 * @typedef {object} Asking
 * @property {(body: Body, signal: AbortSignal) => Promise<Answer>} send
 * @property {(answer: Answer, body: Body) => void} onAnswer
 * @property {(error: Error, body: Body) => void} onError
 * @property {number} rest Milliseconds without a change before it is asked.
 * @property {number} longest Milliseconds after which it is asked anyway.
 */

/**
 * @template Body, Answer
 * @param {Asking<Body, Answer>} asking
 */
export function createAsker({ send, onAnswer, onError, rest, longest }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {number | undefined} */
  let waitingSince;
  let running = new AbortController();

  function stop() {
    clearTimeout(timer);
    waitingSince = undefined;
    running.abort();
  }

  /** @param {Body} body */
  async function askNow(body) {
    stop();
    const { signal } = running = new AbortController();
    try {
      const answer = await send(body, signal);
      if (!signal.aborted) onAnswer(answer, body);
    } catch (error) {
      if (!signal.aborted) onError(/** @type {Error} */ (error), body);
    }
  }

  /** @param {Body} body */
  function ask(body) {
    const now = performance.now();
    waitingSince ??= now;
    const left = waitingSince + longest - now;
    clearTimeout(timer);
    timer = setTimeout(() => askNow(body), Math.max(0, Math.min(rest, left)));
  }

  return { ask, askNow, stop };
}
