/** Sizes of a digit and its parts, in typical heights of a picture's digits. */

/** Least height of a digit. */
export const LEAST_DIGIT = 0.4;

/** Least height of a digit that a person could still read, in pixels. */
export const LEAST_HEIGHT = 8;

/** Greatest height of a digit. */
export const MOST_DIGIT = 2.6;

/** Greatest width of digits that hang together. */
export const MOST_TOUCHING = 14;

/** Least length of a stroke that belongs to a digit; below it are specks. */
export const LEAST_STROKE = 0.15;
