/** The tags of a TIFF file, which are those of an EXIF block too. @module */

/** Bytes a value of each type of whole number: BYTE, SHORT, LONG. */
const TYPE_BYTES: Record<number, number> = { 1: 1, 3: 2, 4: 4 };

/** What the tags say. */
export interface TiffTags {
  /** Order of bytes in values of 16 and 32 bits. */
  littleEndian: boolean;
  /** False where tags or their values lie outside the file. */
  whole: boolean;
  /** How many values a tag of the first picture has; only whole numbers. */
  count(tag: number): number;
  /** One of them, or `otherwise` where there are not as many. */
  value(tag: number, otherwise: number, index?: number): number;
}

/**
 * Finds the tags of the first picture, and leaves out what lies outside. Values
 * stay where they are until they are asked for: a file may claim millions.
 *
 * @param bytes Begins with "II" or "MM".
 */
export function readTiffTags(bytes: Uint8Array): TiffTags {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes[0] === 0x49;
  const short = (at: number) => view.getUint16(at, littleEndian);
  const long = (at: number) => view.getUint32(at, littleEndian);
  const fits = (at: number, length: number) => at + length <= bytes.length;

  /** Where the values of each tag lie. */
  const places = new Map<number, { size: number; at: number; count: number }>();
  const start = fits(4, 4) ? long(4) : bytes.length;
  const tagCount = fits(start, 2) ? short(start) : 0;
  let whole = tagCount > 0;
  for (let i = 0; i < tagCount; i++) {
    const entry = start + 2 + 12 * i;
    if (!fits(entry, 12)) {
      whole = false;
      break;
    }
    const size = TYPE_BYTES[short(entry + 2)];
    if (size === undefined) continue;
    const count = long(entry + 4);
    const at = count * size <= 4 ? entry + 8 : long(entry + 8);
    if (!fits(at, count * size)) {
      whole = false;
      continue;
    }
    places.set(short(entry), { size, at, count });
  }
  return {
    littleEndian,
    whole,
    count: (tag) => places.get(tag)?.count ?? 0,
    value: (tag, otherwise, index = 0) => {
      const place = places.get(tag);
      if (!place || index >= place.count) return otherwise;
      const at = place.at + index * place.size;
      if (place.size === 1) return bytes[at]!;
      return place.size === 2 ? short(at) : long(at);
    },
  };
}
