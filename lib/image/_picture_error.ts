/** What the decoders say of files that they cannot decode. @module */

import type { PictureFormat } from "./picture_format.ts";

/** The error for a file of the right kind that is cut off or broken. */
export function damaged(
  format: PictureFormat,
  found: string,
  cause?: unknown,
): SyntaxError {
  return new SyntaxError(
    `Cannot decode the ${format} picture as its file must be whole and undamaged: ${found}`,
    { cause },
  );
}

/** The error for a kind of picture that its format allows and we do not. */
export function unsupported(
  format: PictureFormat,
  wanted: string,
  found: string,
): SyntaxError {
  return new SyntaxError(
    `Cannot decode the ${format} picture as ${wanted}: ${found}`,
  );
}
