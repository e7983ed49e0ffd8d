/** Samples of 1 to 16 bits out of packed bytes. @module */

/**
 * Unpacks one row of samples, the most significant bits first.
 *
 * @param row Packed row; 16-bit samples are big-endian.
 * @param depth Bits a sample: 1, 2, 4, 8 or 16.
 * @param samples Filled; the row must hold as many.
 */
export function unpackSamples(
  row: Uint8Array,
  depth: number,
  samples: Uint16Array,
): void {
  if (depth === 8) {
    for (let i = 0; i < samples.length; i++) samples[i] = row[i]!;
  } else if (depth === 16) {
    for (let i = 0; i < samples.length; i++) {
      samples[i] = row[2 * i]! << 8 | row[2 * i + 1]!;
    }
  } else {
    const mask = (1 << depth) - 1;
    for (let i = 0; i < samples.length; i++) {
      const bit = i * depth;
      samples[i] = row[bit >> 3]! >> (8 - depth - (bit & 7)) & mask;
    }
  }
}
