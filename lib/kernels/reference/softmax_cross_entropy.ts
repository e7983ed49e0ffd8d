/**
 * Softmax cross-entropy and its gradient in plain loops and float64: the
 * definition that the kernel is proved against.
 *
 * @module
 */

/** What the kernel gives. */
export interface SoftmaxCrossEntropyResult {
  /** −Σ oneHot · log softmax(logits), one an example. */
  losses: Float32Array;
  /** Of the mean loss: (softmax(logits) − oneHot) / batch, [batch, classes]. */
  dLogits: Float32Array;
}

/**
 * @param logits [batch, classes].
 * @param oneHot [batch, classes], each row with the sum 1.
 */
export function softmaxCrossEntropyReference(
  logits: Float32Array,
  oneHot: Float32Array,
  classes: number,
): SoftmaxCrossEntropyResult {
  const batch = logits.length / classes;
  const losses = new Float32Array(batch);
  const dLogits = new Float32Array(logits.length);
  for (let example = 0; example < batch; example++) {
    const start = example * classes;
    const row = [...logits.subarray(start, start + classes)];
    const greatest = Math.max(...row);
    const powers = row.map((logit) => Math.exp(logit - greatest));
    const sum = powers.reduce((total, power) => total + power, 0);
    let loss = 0;
    for (let c = 0; c < classes; c++) {
      const target = oneHot[start + c]!;
      loss -= target * (row[c]! - greatest - Math.log(sum));
      dLogits[start + c] = (powers[c]! / sum - target) / batch;
    }
    losses[example] = loss;
  }
  return { losses, dLogits };
}
