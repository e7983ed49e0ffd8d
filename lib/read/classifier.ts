/** What tells digits from their drawings. @module */

/** How drawings are classified. */
export interface ClassifyOptions {
  /** True where a quick look is enough, which may be wrong more often. */
  oneView?: boolean;
}

/**
 * [count, 28, 28, 1] in 0…1, ink high, gives [count, classes] probabilities:
 * of the ten digits and, where the network knows such, of no digit.
 */
export type Classifier = (
  images: Float32Array,
  count: number,
  options?: ClassifyOptions,
) => Promise<Float32Array>;
