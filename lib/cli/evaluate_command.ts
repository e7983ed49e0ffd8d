/** The command line of `deno task evaluate`. @module */

import { MAX_MEGAPIXELS, MODEL_OPTION } from "./batch_options.ts";

/** What it takes. */
export const EVALUATE = {
  name: "evaluate",
  summary: "Judges a model on MNIST's test digits, on labeled pictures, " +
    "or on numbers written with the digits.",
  operands: "",
  options: {
    ...MODEL_OPTION,
    data: {
      type: "text",
      value: "auto|full|sample|DIR",
      default: "auto",
      help: "Where the test digits are from, as for train",
    },
    seed: {
      type: "integer",
      value: "N",
      default: 7,
      minimum: 0,
      maximum: 2 ** 32 - 1,
      help: "With --strings: which numbers are made",
    },
    pictures: {
      type: "text",
      value: "DIR",
      help: "Reads the pictures of a folder that has a labels.tsv instead",
    },
    "max-megapixels": MAX_MEGAPIXELS,
    strings: {
      type: "flag",
      help: "Reads pictures of 2 to 8 digits on made paper instead",
    },
    count: {
      type: "integer",
      value: "N",
      minimum: 1,
      maximum: 1_000_000,
      help: "With --strings: how many; 1,000 where left out",
    },
    digits: {
      type: "choice",
      choices: ["test", "validation"],
      help: "With --strings: written with which; test where left out",
    },
    save: {
      type: "text",
      value: "DIR",
      help: "With --strings: writes the pictures and their labels.tsv to DIR",
    },
    failures: {
      type: "text",
      value: "DIR",
      help: "With --strings: writes those that were not read right to DIR, " +
        "boxed and named",
    },
    each: {
      type: "flag",
      help: "With --pictures or --strings: a line a picture",
    },
    json: { type: "flag", help: "Prints the figures as one JSON object" },
  },
} as const;
