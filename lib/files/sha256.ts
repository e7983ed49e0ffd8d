/** Telling bytes from others. @module */

/** SHA-256 of bytes that no other thread shares, in lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const own = bytes as Uint8Array<ArrayBuffer>;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", own)).toHex();
}
