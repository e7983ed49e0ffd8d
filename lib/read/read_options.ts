/** What is known and wanted of a picture's reading. @module */

/** What a person knows or wants. */
export interface ReadOptions {
  /** Digits that are on the picture, over all rows. */
  length?: number | undefined;
  /** Digits that are less probable are rejected, 0…1. */
  minConfidence?: number | undefined;
}

/** Below it a digit is more likely wrong than right. */
export const MIN_CONFIDENCE = 0.5;
