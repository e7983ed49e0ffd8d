/** A picture on the queue. @module */

import type { LineFormat, Picture, PictureOptions } from "../batch/mod.ts";

/** What a worker needs to know. */
export interface PictureJob {
  picture: Picture;
  options: PictureOptions;
  format: LineFormat;
}

/** What a worker gives back. */
export interface ReadAnswer {
  /** As it is to stand in the results. */
  line: string;
}

/**
 * The job's id. A picture of a run that is put on the queue twice is there once.
 *
 * @param run Names the results.
 */
export function jobId(run: string, { index }: Picture): string {
  return `${run}-${index}`;
}
