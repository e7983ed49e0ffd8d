/** A picture in color: the way the reader and its overlays hold one. @module */

/** Pixels as seen upright, row-major, three bytes each: red, green, blue. */
export interface RgbImage {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Length `width * height * 3`; 0 is dark, 255 is light. */
  data: Uint8Array;
}
