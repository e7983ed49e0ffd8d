/** The tags of a TIFF file, which are those of an EXIF block too. @module */

/** Bytes a value of each type of whole number: BYTE, SHORT, LONG. */
const TYPE_BYTES: Record<number, number> = { 1: 1, 3: 2, 4: 4 };

/** What the tags say. */
export interface TiffTags {
  /** Order of bytes in values of 16 and 32 bits. */
  littleEndian: boolean;
  /** False where tags or their values lie outside the file. */
  whole: boolean;
  /** Values of each tag of the first picture; only whole numbers. */
  values: Map<number, number[]>;
}

/**
 * Reads the tags of the first picture, and leaves out what lies outside.
 *
 * @param bytes Begins with "II" or "MM".
 */
export function readTiffTags(bytes: Uint8Array): TiffTags {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes[0] === 0x49;
  const values = new Map<number, number[]>();
  const short = (at: number) => view.getUint16(at, littleEndian);
  const long = (at: number) => view.getUint32(at, littleEndian);
  const fits = (at: number, length: number) => at + length <= bytes.length;

  const start = fits(4, 4) ? long(4) : bytes.length;
  const count = fits(start, 2) ? short(start) : 0;
  let whole = count > 0;
  for (let i = 0; i < count; i++) {
    const entry = start + 2 + 12 * i;
    if (!fits(entry, 12)) return { littleEndian, whole: false, values };
    const size = TYPE_BYTES[short(entry + 2)];
    if (size === undefined) continue;
    const length = long(entry + 4);
    const at = length * size <= 4 ? entry + 8 : long(entry + 8);
    if (!fits(at, length * size)) {
      whole = false;
      continue;
    }
    const read = { 1: (at: number) => bytes[at]!, 2: short, 4: long }[size]!;
    values.set(
      short(entry),
      Array.from({ length }, (_, index) => read(at + index * size)),
    );
  }
  return { littleEndian, whole, values };
}
