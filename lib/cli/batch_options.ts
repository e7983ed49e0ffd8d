/**
 * Options that several tasks for pictures have. Nothing of what reads them is
 * loaded here: command lines are parsed with more permissions than that has.
 *
 * @module
 */

import { MAX_PIXELS } from "../image/check_header.ts";
import { MIN_CONFIDENCE } from "../read/read_options.ts";

/** How large a picture may be. */
export const MAX_MEGAPIXELS = {
  type: "number",
  value: "N",
  default: MAX_PIXELS / 1e6,
  minimum: 0.001,
  maximum: 1000,
  help: "A picture of more millions of pixels is not decoded",
} as const;

/** What a person knows of each picture, and wants. */
export const READ_OPTIONS = {
  length: {
    type: "integer",
    value: "N",
    minimum: 1,
    maximum: 10000,
    help: "How many digits each picture holds, where you know it",
  },
  "min-confidence": {
    type: "number",
    value: "P",
    default: MIN_CONFIDENCE,
    minimum: 0,
    maximum: 1,
    help: "A digit that is less probable is shown as ?",
  },
  "max-megapixels": MAX_MEGAPIXELS,
} as const;

/** Which model reads. */
export const MODEL_OPTION = {
  model: {
    type: "text",
    value: "DIR",
    help: "A model of your own, such as data/runs/NAME; " +
      "the one in data/model where left out",
  },
} as const;

/** The threads that read. */
export const THREAD_OPTIONS = {
  workers: {
    type: "integer",
    value: "N",
    minimum: 1,
    maximum: 1024,
    help: "Threads that read at the same time; one a core where left out",
  },
  deadline: {
    type: "integer",
    value: "S",
    default: 120,
    minimum: 1,
    maximum: 86400,
    help: "Seconds after which one of many pictures is given up",
  },
} as const;
