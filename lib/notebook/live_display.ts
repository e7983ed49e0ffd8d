/** An output that is drawn again in its place. @module */

import { send } from "./_send.ts";
import {
  type BundleOptions,
  mimeBundle,
  type Showable,
} from "./mime_bundle.ts";

/** Draws the output, first or again; options as for `mimeBundle()`. */
export type LiveDisplay = (
  what: Showable,
  options?: BundleOptions,
) => Promise<void>;

/**
 * Makes an output whose content changes. A saved notebook keeps the last one.
 *
 * Each message takes a moment. What comes meanwhile waits for it, and only the
 * newest of that is drawn: so an output is never behind, however often it is
 * drawn.
 */
export function liveDisplay(): LiveDisplay {
  const id = crypto.randomUUID();
  let kind: "display_data" | "update_display_data" = "display_data";
  let newest: Parameters<LiveDisplay> | undefined;
  let drawing: Promise<void> | undefined;
  const draw = async () => {
    try {
      while (newest) {
        const [what, options] = newest;
        newest = undefined;
        await send(kind, await mimeBundle(what, options), id);
        kind = "update_display_data";
      }
    } finally {
      drawing = undefined;
    }
  };
  return (...latest) => {
    newest = latest;
    return drawing ??= draw();
  };
}
