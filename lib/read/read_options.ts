/** What is known and wanted of a picture's reading. @module */

/** What a person knows or wants. */
export interface ReadOptions {
  /** Digits that are on the picture, over all rows. */
  length?: number | undefined;
  /** Digits that are less probable are rejected, 0…1. */
  minConfidence?: number | undefined;
}

/**
 * Of 1,500 made numbers, written with validation digits, 37 have a digit below
 * it, and of these 24 are misread. From 0.6 on as many that are right would be
 * rejected as wrong ones.
 */
export const MIN_CONFIDENCE = 0.5;
