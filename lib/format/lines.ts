/** Text as it comes, a line at a time. @module */

/**
 * The lines of a stream in UTF-8, without their ends, each as soon as it is
 * whole; what comes after the last end is left out.
 *
 * @example
 * ```ts
 * import { lines } from "./lines.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const stream = new Blob(["on", "e\ntwo\nthr"]).stream();
 * assertEquals(await Array.fromAsync(lines(stream)), ["one", "two"]);
 * ```
 */
export async function* lines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
}
