/**
 * Shows a pad below a notebook's cell.
 *
 * @module
 */

import { type Bundle, padOutput } from "./pad_output.ts";
import type { Pad, PadReader } from "./start_pad.ts";

/** Milliseconds for the kernel to send what was displayed. */
const SENT = 200;

/** What of `Deno.jupyter` is used. */
export type Display = (
  data: Bundle,
  options: { raw: true; display_id?: string; update?: true },
) => Promise<void>;

/** How the pad is shown. */
export interface ShowOptions {
  /** Milliseconds that a browser has to open it; 10,000 where left out. */
  patience?: number;
  /** The kernel's own where left out. */
  display?: Display;
}

/**
 * Shows the pad. Where no browser opens it in a while, as when a notebook is
 * run without one or is shown elsewhere, a still picture takes its place; so
 * no address is left in a notebook that nobody looked at.
 *
 * @param pad Started with `embeddable`.
 * @param read Reads the example on the still picture.
 */
export async function showPad(
  pad: Pad,
  read: PadReader,
  options: ShowOptions = {},
): Promise<void> {
  const { patience = 10_000, display = Deno.jupyter.display } = options;
  const { live, still, caption } = await padOutput(pad.url, read);
  const visits = pad.visits;
  const place = { raw: true, display_id: crypto.randomUUID() } as const;
  await display(live, place);
  const end = performance.now() + patience;
  while (pad.visits === visits && performance.now() < end) await wait(100);
  if (pad.visits === visits) {
    await display(still, { ...place, update: true });
    await display({ "text/plain": caption }, { raw: true });
  }
  await wait(SENT);
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
