/** The command line of `deno task recognize`. @module */

import { MODEL_OPTION, READ_OPTIONS, THREAD_OPTIONS } from "./batch_options.ts";

/** What it takes. */
export const RECOGNIZE = {
  name: "recognize",
  summary: "Reads the handwritten numbers off pictures: " +
    "PNG, JPEG, WebP, TIFF or BMP.",
  notes: [
    "Of a folder it reads all pictures below, with threads; the same command",
    "goes on with an --out that was not finished.",
  ],
  operands: "PICTURE|FOLDER…",
  options: {
    json: {
      type: "flag",
      help: "Prints a JSON object a picture, each on a line",
    },
    ...READ_OPTIONS,
    overlay: {
      type: "text",
      value: "DIR",
      help: "Writes each picture to DIR as PNG, its digits boxed and named",
    },
    explain: {
      type: "text",
      value: "FILE.html",
      help: "Writes a page that shows each stage of reading the picture",
    },
    ...MODEL_OPTION,
    out: {
      type: "text",
      value: "FILE",
      help: "Writes an object a picture to FILE, each on a line, in order",
    },
    csv: {
      type: "flag",
      help: "Comma-separated values instead of JSON objects",
    },
    shard: {
      type: "text",
      value: "I/N",
      help: "Reads every N-th picture from the I-th on, for one of N machines",
    },
    ...THREAD_OPTIONS,
  },
} as const;
