/**
 * Options that several tasks for many pictures have.
 *
 * @module
 */

import { MIN_CONFIDENCE } from "../read/mod.ts";

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
