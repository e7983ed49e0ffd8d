/**
 * A page without a browser, for Plotly to draw in.
 *
 * jsdom has neither a canvas nor a layout. Of the first Plotly wants colored
 * rectangles and single pixels, for its heat maps; of the second how large a
 * text is, to put words beside each other.
 *
 * @module
 */

import { PNG } from "pngjs";

/** How large an SVG element is drawn, in pixels. */
export type Measure = (svg: string) => Rectangle | undefined;

/** A box, in pixels. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A window, of which the globals are unknown. */
// deno-lint-ignore no-explicit-any
export type PageWindow = any;

/** Opens an empty page; jsdom wants to read the environment. */
export async function openPage(measure: Measure): Promise<PageWindow> {
  // Loaded when needed, as it asks for that permission at once.
  const { JSDOM } = await import("jsdom");
  const { window } = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
  });
  // Plotly asks for these when it starts.
  window.URL.createObjectURL = () => "";
  window.requestAnimationFrame = (draw: () => void) => setTimeout(draw, 0);
  const canvas = window.HTMLCanvasElement.prototype;
  canvas.getContext = function () {
    this.sheet ??= new Sheet(this.width, this.height);
    return this.sheet;
  };
  canvas.toDataURL = function () {
    return this.getContext().toDataURL();
  };
  const known = new Map<string, Rectangle>();
  window.SVGElement.prototype.getBoundingClientRect = function () {
    const svg: string = this.outerHTML;
    const box = known.get(svg) ?? boxOf(this, measure(svg));
    known.set(svg, box);
    const { x, y, width, height } = box;
    return { ...box, left: x, top: y, right: x + width, bottom: y + height };
  };
  return window;
}

/** Of a line of text, in parts of the font's size. */
const ASCENT = 1.07;
const LINE = 1.36;
const NEXT_LINE = 1.3;

/** A browser's box: that of a text is as high as its lines, inked or not. */
function boxOf(element: PageWindow, ink: Rectangle | undefined): Rectangle {
  const box = ink ?? { x: 0, y: 0, width: 0, height: 0 };
  if (element.localName !== "text") return box;
  const size = parseFloat(element.style.fontSize);
  const lines = Math.max(1, element.querySelectorAll("tspan.line").length);
  return {
    ...box,
    y: Number(element.getAttribute("y")) - ASCENT * size,
    height: LINE * size + (lines - 1) * NEXT_LINE * size,
  };
}

/** As much of a canvas as heat maps take. */
class Sheet {
  /** A CSS color: `rgb(…)` or `rgba(…)`. */
  fillStyle = "rgb(0, 0, 0)";
  readonly #png: PNG;

  constructor(width: number, height: number) {
    this.#png = new PNG({ width, height });
    this.#png.data.fill(0);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const [red = 0, green = 0, blue = 0, alpha = 1] =
      this.fillStyle.match(/[\d.]+/g)?.map(Number) ?? [];
    const color = [red, green, blue, 255 * alpha];
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) {
        this.#png.data.set(color, 4 * (row * this.#png.width + column));
      }
    }
  }

  createImageData(width: number, height: number) {
    return { width, height, data: new Uint8ClampedArray(4 * width * height) };
  }

  /** Takes pictures that fill the sheet. */
  putImageData({ data }: { data: Uint8ClampedArray }): void {
    this.#png.data.set(data);
  }

  toDataURL(): string {
    const bytes = PNG.sync.write(this.#png);
    return `data:image/png;base64,${bytes.toString("base64")}`;
  }
}
