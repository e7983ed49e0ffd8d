/**
 * Shows a pad below a notebook's cell.
 *
 * @module
 */

import { padOutput } from "./pad_output.ts";
import type { Pad, PadReader } from "./start_pad.ts";

/** Milliseconds for the kernel to send what was displayed. */
const SENT = 200;

/**
 * Shows the pad. Where no browser opens it in a while, as when a notebook is
 * run without one or is shown elsewhere, a still picture takes its place; so
 * no address is left in a notebook that nobody looked at.
 *
 * @param pad Started with `embeddable`.
 * @param read Reads the example on the still picture.
 * @param patience Milliseconds that a browser has.
 */
export async function showPad(
  pad: Pad,
  read: PadReader,
  patience = 10_000,
): Promise<void> {
  const { live, still, caption } = await padOutput(pad.url, read);
  const visits = pad.visits;
  const place = { raw: true, display_id: crypto.randomUUID() };
  await Deno.jupyter.display(live, place);
  const end = performance.now() + patience;
  while (pad.visits === visits && performance.now() < end) await wait(100);
  if (pad.visits === visits) {
    await Deno.jupyter.display(still, { ...place, update: true });
    await Deno.jupyter.display({ "text/plain": caption }, { raw: true });
  }
  await wait(SENT);
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
