/** The files of the page, as part of the program. @module */

import askServer from "./page/ask_server.js" with { type: "text" };
import asking from "./page/asking.js" with { type: "text" };
import bmp from "./page/bmp.js" with { type: "text" };
import drawing from "./page/drawing.js" with { type: "text" };
import element from "./page/element.js" with { type: "text" };
import index from "./page/index.html" with { type: "text" };
import keyPen from "./page/key_pen.js" with { type: "text" };
import padStyle from "./page/pad.css" with { type: "text" };
import pad from "./page/pad.js" with { type: "text" };
import pictures from "./page/pictures.js" with { type: "text" };
import pointerPen from "./page/pointer_pen.js" with { type: "text" };
import result from "./page/result.js" with { type: "text" };
import words from "./page/words.js" with { type: "text" };

/** A file and its kind. */
export interface PageFile {
  /** As the header `content-type` has it. */
  type: string;
  text: string;
}

const script = (text: string) => ({ type: "text/javascript", text });

/** By name; the page itself has none. */
export const PAGE_FILES: ReadonlyMap<string, PageFile> = new Map([
  ["", { type: "text/html", text: index }],
  ["pad.css", { type: "text/css", text: padStyle }],
  ["ask_server.js", script(askServer)],
  ["asking.js", script(asking)],
  ["bmp.js", script(bmp)],
  ["drawing.js", script(drawing)],
  ["element.js", script(element)],
  ["key_pen.js", script(keyPen)],
  ["pad.js", script(pad)],
  ["pictures.js", script(pictures)],
  ["pointer_pen.js", script(pointerPen)],
  ["result.js", script(result)],
  ["words.js", script(words)],
]);
