/** What is known and wanted of a picture's reading. @module */

/** What a person knows or wants. */
export interface ReadOptions {
  /** Digits that are on the picture, over all rows. */
  length?: number | undefined;
  /** Digits that are less probable are rejected, 0…1. */
  minConfidence?: number | undefined;
}

/**
 * Below it a digit is more likely wrong than right: of the digits of 500 made
 * numbers, written with validation digits, 9 of 13 with 0.3 to 0.5 are right, and
 * 2 of 5 below. Confidences are this low where the same ink can be cut in many
 * ways, each of which takes its share.
 */
export const MIN_CONFIDENCE = 0.3;
