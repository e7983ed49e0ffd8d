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
  const height = data.length / width;
  blurLines(data, kernel, {
    count: height,
    apart: width,
    length: width,
    step: 1,
  });
  blurLines(data, kernel, {
    count: width,
    apart: 1,
    length: height,
    step: width,
  });
}

/** Rows or columns: how many, and how they lie in the data. */
interface Lines {
  count: number;
  /** From the start of one to the start of the next. */
  apart: number;
  length: number;
  /** From one value of a line to the next. */
  step: number;
}

function blurLines(
  data: Float32Array,
  kernel: number[],
  { count, apart, length, step }: Lines,
): void {
  const reach = (kernel.length - 1) / 2;
  const line = new Float32Array(length);
  for (let index = 0; index < count; index++) {
    const start = index * apart;
    for (let i = 0; i < length; i++) line[i] = data[start + i * step]!;
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) {
        const at = Math.max(0, Math.min(length - 1, i + tap - reach));
        sum += kernel[tap]! * line[at]!;
      }
      data[start + i * step] = sum;
    }
  }
}
