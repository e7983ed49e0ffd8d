// @ts-check
/**
 * A drawing as a BMP file.
 *
 * Browsers encode PNG when they have nothing else to do, up to a second later:
 * too late for somebody who draws. A BMP is its pixels and little else, and to
 * the server next door its size is nothing.
 *
 * @module
 */

const HEADERS = 14 + 40;
const COLORS = 256;

/**
 * Encodes gray pixels, 8 bits each.
 *
 * @param {{ width: number, height: number, data: Uint8ClampedArray }} pixels
 *   Four bytes a pixel, of which red counts.
 * @returns {Uint8Array<ArrayBuffer>} The whole file.
 */
export function toBmp({ width, height, data }) {
  const rowBytes = Math.ceil(width / 4) * 4;
  const start = HEADERS + 4 * COLORS;
  const file = new Uint8Array(start + rowBytes * height);
  const view = new DataView(file.buffer);
  view.setUint16(0, 0x424d); // "BM"
  view.setUint32(2, file.length, true);
  view.setUint32(10, start, true);
  view.setUint32(14, HEADERS - 14, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true); // from top to bottom
  view.setUint16(26, 1, true); // planes
  view.setUint16(28, 8, true); // bits a pixel
  for (let gray = 0; gray < COLORS; gray++) {
    file.fill(gray, HEADERS + 4 * gray, HEADERS + 4 * gray + 3);
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      file[start + y * rowBytes + x] = Number(data[4 * (y * width + x)]);
    }
  }
  return file;
}
