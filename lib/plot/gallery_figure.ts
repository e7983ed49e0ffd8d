/**
 * A gallery of small square pictures: digits, filters, feature maps.
 *
 * All of them stand on one sheet, a single picture with gaps between them, and
 * Plotly writes the words.
 *
 * @module
 */

import type { Figure } from "./figure.ts";
import { type Rgb, sheetUrl } from "./_sheet_url.ts";

/** A picture and the words under it. */
export interface Tile {
  /** Square, row-major. */
  values: ArrayLike<number>;
  /** Lines under the picture, with `<br>` between; may be empty. */
  caption: string;
}

/** How tiles are laid out and colored. */
export interface GalleryOptions {
  /** Stands above all tiles. */
  title: string;
  /** Tiles a row; 4 where left out. */
  columns?: number;
  /** How large a pixel of a digit is drawn, in pixels of the screen. */
  scale?: number;
  /** The value of the lightest color; 0 where left out. */
  low?: number;
  /** The value of the darkest color; 255 where left out. */
  high?: number;
  /**
   * `ink` goes from paper to black; `signed` from vermilion through white to
   * blue, so that what counts against stands out from what counts for.
   */
  colors?: keyof typeof COLORS;
}

/** Digits are so large; smaller tiles are enlarged to about that. */
const SIDE = 28;
/** Between tiles, in pixels of a digit; words stand in the gaps below. */
const GAP_X = 6;
const GAP_Y = 14;
/** Height of the title, in pixels of a digit. */
const TITLE = 12;

const COLORS = {
  ink: [[251, 249, 244], [16, 16, 16]],
  signed: [[213, 94, 0], [255, 255, 255], [0, 114, 178]],
} satisfies Record<string, Rgb[]>;

/**
 * Draws tiles in rows, in the order that they are given in.
 *
 * @param tiles All of one size.
 * @throws {TypeError} If a tile is not square, or not as large as the first.
 *
 * @example Two filters of 2×2
 * ```ts
 * import { galleryFigure } from "./gallery_figure.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { text } = galleryFigure(
 *   [
 *     { values: [1, 1, -1, -1], caption: "across" },
 *     { values: [1, -1, 1, -1], caption: "down" },
 *   ],
 *   { title: "Filters", low: -1, high: 1, colors: "signed" },
 * );
 * assertEquals(text, "Filters\nacross\ndown");
 * ```
 */
export function galleryFigure(
  tiles: Tile[],
  options: GalleryOptions,
): Figure {
  const { title, columns = 4, scale = 3.5, colors = "ink" } = options;
  const layout = layOut(tiles, columns);
  const { width, height, side } = layout;
  const hidden = { visible: false };
  const sheet = {
    rows: compose(tiles, layout),
    low: options.low ?? 0,
    high: options.high ?? 255,
    colors: COLORS[colors],
  };
  return {
    data: [{
      type: "scatter",
      mode: "text",
      x: tiles.map((_, i) => layout.x(i) + side / 2 - 0.5),
      y: tiles.map((_, i) => layout.y(i) + side + GAP_Y / 2 - 1),
      text: tiles.map(({ caption }) => caption),
      textfont: { size: 11 },
      hoverinfo: "skip",
    }],
    layout: {
      width: width * scale,
      height: height * scale,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      dragmode: false,
      xaxis: { ...hidden, range: [-0.5, width - 0.5] },
      yaxis: { ...hidden, range: [height - 0.5, -0.5] },
      images: [{
        source: sheetUrl(sheet, Math.ceil(scale)),
        xref: "x",
        yref: "y",
        x: -0.5,
        y: -0.5,
        sizex: width,
        sizey: height,
        sizing: "stretch",
        layer: "below",
      }],
      annotations: [{
        text: title,
        x: (width - 1) / 2,
        y: (TITLE - 1) / 2,
        showarrow: false,
        font: { size: 14 },
      }],
    },
    text: [title, ...tiles.map(({ caption }) => inWords(caption))]
      .filter((line) => line !== "").join("\n"),
  };
}

/** Sizes and places, in pixels of the sheet. */
interface Layout {
  width: number;
  height: number;
  /** Of a tile as it was given. */
  own: number;
  /** Of a tile on the sheet, `enlarged` times its own. */
  side: number;
  enlarged: number;
  /** Upper left pixel of a tile. */
  x(index: number): number;
  y(index: number): number;
}

function layOut(tiles: Tile[], columns: number): Layout {
  const own = Math.sqrt(tiles[0]?.values.length ?? SIDE * SIDE);
  for (const { values } of tiles) {
    if (Number.isInteger(own) && values.length === own * own) continue;
    throw new TypeError(
      `Cannot draw a gallery as its tiles must be square and of one size: current lengths are ${
        tiles[0]?.values.length
      } and ${values.length}`,
    );
  }
  const enlarged = Math.max(1, Math.round(SIDE / own));
  const side = own * enlarged;
  const rows = Math.ceil(tiles.length / columns);
  return {
    width: columns * (side + GAP_X),
    height: TITLE + rows * (side + GAP_Y),
    own,
    side,
    enlarged,
    x: (index) => index % columns * (side + GAP_X) + GAP_X / 2,
    y: (index) => TITLE + Math.floor(index / columns) * (side + GAP_Y),
  };
}

/** All tiles on one sheet; null where there is none. */
function compose(tiles: Tile[], layout: Layout): (number | null)[][] {
  const { width, height, own, side, enlarged } = layout;
  const sheet = Array.from(
    { length: height },
    () => new Array<number | null>(width).fill(null),
  );
  tiles.forEach(({ values }, index) => {
    for (let row = 0; row < side; row++) {
      const line = sheet[layout.y(index) + row]!;
      const from = Math.floor(row / enlarged) * own;
      for (let column = 0; column < side; column++) {
        line[layout.x(index) + column] =
          values[from + Math.floor(column / enlarged)]!;
      }
    }
  });
  return sheet;
}

function inWords(caption: string): string {
  return caption.replaceAll("<br>", " ");
}
