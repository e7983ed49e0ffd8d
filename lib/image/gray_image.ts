/**
 * The picture in one channel that every stage of the reader hands on.
 *
 * One byte a pixel, row-major. Three kinds share the shape: brightness as it
 * comes from the picture (0 dark, 255 light), ink (0 paper, 255 the darkest
 * ink), and masks (0 or 1). Each function says which it takes and gives.
 *
 * @module
 */

/** One byte a pixel, row-major. */
export interface GrayImage {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Length `width * height`. */
  data: Uint8Array;
}
