/** What was read off a picture. @module */

/** One digit. */
export interface DigitReading {
  /** 0…9: the most probable one, also where it is rejected. */
  digit: number;
  /** The probability that it is right, 0…1. */
  confidence: number;
  /** True where the confidence is too low: the text has a `?` for it. */
  rejected: boolean;
  /** In whole pixels of the picture, whichever way it is read. */
  box: [x: number, y: number, width: number, height: number];
}

/** One row, from left to right. */
export interface LineReading {
  /** Digits, `?` for rejected ones, spaces between groups clearly apart. */
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
  /** Degrees that the picture was turned by, clockwise, to be read upright. */
  turned: 0 | 90 | 180 | 270;
  lines: LineReading[];
}
