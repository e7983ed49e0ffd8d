/** What was read off a picture. @module */

/** One digit. */
export interface DigitReading {
  /** 0…9. */
  digit: number;
  /** The probability that it is right, 0…1. */
  confidence: number;
  /** In whole pixels of the upright picture. */
  box: [x: number, y: number, width: number, height: number];
}

/** One row, from left to right. */
export interface LineReading {
  text: string;
  /** The probability that all digits are right, taken as independent. */
  confidence: number;
  digits: DigitReading[];
}

/** One picture, rows from top to bottom. */
export interface Reading {
  /** The rows, joined by "\n"; "" where there is none. */
  text: string;
  /**
   * The probability that all rows are right, taken as independent; 1 where
   * there is none, as an empty product is.
   */
  confidence: number;
  lines: LineReading[];
}
