/** A picture of a batch, and how it is read. @module */

import type { ReadOptions } from "../read/mod.ts";

/** One of many pictures. */
export interface Picture {
  /** Its place among all pictures of the batch, from 1. */
  index: number;
  /** Its name in the results: what the person typed, and the way from there. */
  image: string;
  /** Where it lies, absolute. */
  path: string;
}

/** A file or a folder that a person named. */
export interface Root {
  /** As typed. */
  image: string;
  /** Where it lies, absolute. */
  path: string;
}

/** How pictures are read. */
export interface PictureOptions extends ReadOptions {
  /** What `--max-megapixels` says: larger ones are not decoded. */
  megapixels: number;
}
