/**
 * Where the queue is.
 *
 * @module
 */

/** Of a Redis server, as Redis has it where nothing else is said. */
const DEFAULT_PORT = 6379;

/**
 * The host and port of a Redis URL: all of the network that a task of the queue
 * needs.
 *
 * @param url As in `redis://user:password@host:port/database`; `rediss:` with
 *   TLS.
 * @throws {RangeError} If it is no such URL.
 *
 * @example The port may be left out
 * ```ts
 * import { queueAddress } from "./queue_address.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(queueAddress("redis://10.0.0.7"), "10.0.0.7:6379");
 * ```
 */
export function queueAddress(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || !parsed.hostname) {
    throw new RangeError(
      `Cannot reach the queue as it must be given like redis://127.0.0.1:6379: current value is ${url}`,
    );
  }
  return `${parsed.hostname}:${parsed.port || DEFAULT_PORT}`;
}
