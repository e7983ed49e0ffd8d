/**
 * What is said of one picture among many.
 *
 * @module
 */

import {
  type LineFormat,
  type Outcome,
  type Picture,
  type PictureLine,
  resultLine,
} from "../batch/mod.ts";
import { readingText } from "./reading_text.ts";

/** For a program, or for a person. */
export type OutputFormat = LineFormat | "text";

/** A picture's result as it is printed or written; of several lines as text. */
export function pictureLine(
  format: OutputFormat,
  picture: Picture,
  outcome: Outcome,
): PictureLine {
  const error = "error" in outcome ? outcome.error : undefined;
  if (format !== "text") {
    return { line: resultLine(format, picture, outcome), error };
  }
  const { image } = picture;
  return {
    line: "error" in outcome
      ? `Error: ${image}: ${outcome.error}`
      : `${image}:\n${readingText(image, outcome)}`,
    error,
  };
}
