/** Softens a channel as a lens does. @module */

/**
 * Blurs in place, along x and then along y; the edge repeats outward.
 *
 * @param data Row-major, `width` columns.
 * @param deviation Of the Gaussian, in pixels, above 0.
 */
export function gaussianBlur(
  data: Float32Array,
  width: number,
  deviation: number,
): void {
  const reach = Math.ceil(3 * deviation);
  const bell = Array.from(
    { length: 2 * reach + 1 },
    (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)),
  );
  const sum = bell.reduce((total, weight) => total + weight, 0);
  const kernel = bell.map((weight) => weight / sum);
  blurRows(data, width, kernel);
  blurColumns(data, width, kernel);
}

function blurRows(data: Float32Array, width: number, kernel: number[]): void {
  const reach = (kernel.length - 1) / 2;
  const padded = new Float64Array(width + 2 * reach);
  for (let start = 0; start < data.length; start += width) {
    padded.fill(data[start]!, 0, reach);
    padded.set(data.subarray(start, start + width), reach);
    padded.fill(data[start + width - 1]!, reach + width);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) {
        sum += kernel[tap]! * padded[x + tap]!;
      }
      data[start + x] = sum;
    }
  }
}

/** Row by row, as memory runs along them. */
function blurColumns(
  data: Float32Array,
  width: number,
  kernel: number[],
): void {
  const reach = (kernel.length - 1) / 2;
  const height = data.length / width;
  const input = data.slice();
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (const [tap, weight] of kernel.entries()) {
      const row = Math.max(0, Math.min(height - 1, y + tap - reach));
      for (let x = 0, at = row * width; x < width; x++, at++) {
        sums[x]! += weight * input[at]!;
      }
    }
    data.set(sums, y * width);
  }
}
