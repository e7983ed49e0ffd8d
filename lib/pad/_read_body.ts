/** A request's body, up to a length. @module */

import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/**
 * @param most Bytes that are taken.
 * @returns Undefined where it is longer: the rest is left unread.
 * @throws {Error} If it ends too early.
 */
export function readBody(
  request: IncomingMessage,
  most: number,
): Promise<Uint8Array | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<
    Uint8Array | undefined
  >();
  if (Number(request.headers["content-length"] ?? 0) > most) {
    return Promise.resolve(undefined);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= most) {
      chunks.push(chunk);
    } else {
      request.pause();
      resolve(undefined);
    }
  });
  request.on("end", () => resolve(Buffer.concat(chunks)));
  request.on("error", reject);
  return promise;
}
