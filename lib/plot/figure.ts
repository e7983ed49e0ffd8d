/**
 * A figure: what Plotly draws, as plain JSON.
 *
 * `data` and `layout` are Plotly's own attributes
 * (`Plotly.newPlot(element, figure.data, figure.layout)`). Backgrounds, fonts
 * and grids are left to whoever shows the figure. A layout with a width keeps
 * its proportions; one with a height alone fills the width it is given.
 *
 * @module
 */

/** Anything that JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | Json[]
  | { [name: string]: Json };

/** Data and layout as Plotly takes them, and the same in words. */
export interface Figure {
  /** Traces, drawn in this order. */
  data: { [attribute: string]: Json }[];
  layout: { [attribute: string]: Json };
  /** What the figure shows, in lines of text, for where it is not drawn. */
  text: string;
}
