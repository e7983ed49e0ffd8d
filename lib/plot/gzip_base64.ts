/** How a page carries a library. @module */

/**
 * Text, gzipped, in base64: a browser unpacks it with `DecompressionStream`.
 *
 * @example
 * ```ts
 * import { gzipBase64 } from "./gzip_base64.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const packed = Uint8Array.fromBase64(await gzipBase64("a digit"));
 * const text = new Blob([packed]).stream()
 *   .pipeThrough(new DecompressionStream("gzip"));
 * assertEquals(await new Response(text).text(), "a digit");
 * ```
 */
export async function gzipBase64(text: string): Promise<string> {
  const packed = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed).bytes()).toBase64();
}
