/**
 * Showing things in a cell's output.
 *
 * @module
 */

import { send } from "./_send.ts";
import { mimeBundle, type Showable } from "./mime_bundle.ts";

/**
 * Shows a figure, a picture, a table or a text under the cell.
 *
 * A cell ends with it: what a kernel sends in the last moments of a cell is
 * sometimes lost, and this waits until it has arrived, with all that the cell
 * has printed before.
 *
 * @throws {Error} If this is no notebook.
 */
export async function show(what: Showable): Promise<void> {
  await send("display_data", await mimeBundle(what));
}
