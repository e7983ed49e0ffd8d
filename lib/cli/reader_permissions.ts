/**
 * What threads may do that read pictures, or have the model.
 *
 * @module
 */

import { modelPath } from "./model_path.ts";
import { projectPath } from "./user_path.ts";
import { withTargets } from "./with_targets.ts";

/** What such a thread needs. */
export interface ReaderRights {
  /** As the person typed it; the shipped model where left out. */
  model?: string | undefined;
  /** Where pictures may lie; anywhere that this thread can read if left out. */
  reads?: string[];
  /** The one folder that it may write to. */
  writes?: string | undefined;
}

/**
 * All that a thread that reads pictures may do. They come from anywhere, so
 * those who decode them have no network, start nothing, read the model and what
 * they are to, and write to one folder or none.
 */
export function readerPermissions(
  { model, reads, writes }: ReaderRights,
): Deno.PermissionOptionsObject {
  const written = writes === undefined ? [] : [writes];
  return {
    read: reads === undefined ? "inherit" : withTargets([
      projectPath("lib"),
      modelPath(model),
      ...reads,
      ...written,
    ]),
    env: "inherit",
    write: writes === undefined ? false : withTargets(written),
    net: false,
    run: false,
    sys: false,
    ffi: false,
    import: false,
  };
}
