/** Messages from the kernel to the notebook. @module */

import type { MimeBundle } from "./mime_bundle.ts";

/** How often a message is pushed on, and milliseconds from one to the next. */
const PUSHES = 4;
const PAUSE = 30;

/**
 * Sends what is to be shown, and waits until it has arrived.
 *
 * @param displayId Names the output, so that it can be redrawn.
 * @throws {Error} If this is no notebook.
 */
export async function send(
  kind: "display_data" | "update_display_data",
  { data, metadata }: MimeBundle,
  displayId?: string,
): Promise<void> {
  const transient = displayId === undefined ? {} : { display_id: displayId };
  await kernel().broadcast(kind, { data, metadata, transient });
  // What does not fit the connection at once waits in the kernel until the next
  // message, and one that meets a full connection is dropped. So small ones that
  // say nothing new push it through before the kernel says anything else.
  for (let i = 0; i < PUSHES; i++) {
    await new Promise((passed) => setTimeout(passed, PAUSE));
    await kernel().broadcast("status", { execution_state: "busy" });
  }
}

/** What the kernel has and Deno's types leave out. */
interface Kernel {
  broadcast(kind: string, content: object): Promise<void>;
}

function kernel(): Kernel {
  try {
    return Deno.jupyter as unknown as Kernel;
  } catch {
    throw new Error(
      "Cannot show anything as it must be in a cell of a notebook: this runs outside of the Deno kernel",
    );
  }
}
