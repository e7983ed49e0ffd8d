/** Ink on a page that has no color yet. @module */

/** How much of each pixel is covered by ink, row-major. */
export interface Ink {
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Length `width * height`, 0 paper to 1 ink. */
  data: Float32Array;
}
