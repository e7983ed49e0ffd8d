/** What the tests of the notebooks need beside Deno. @module */

import type { Program } from "@lib/notebook/find_program.ts";

/** Runs notebooks and exports them. */
export const NBCONVERT: readonly Program[] = [["jupyter-nbconvert"]];

/** Opens what was exported. */
export const CHROMIUM: readonly Program[] = [
  ["chromium"],
  ["chromium-browser"],
  ["google-chrome"],
];
