/**
 * Looking at a digit from five places, and taking the mean.
 *
 * Pooling makes a network see a digit a little differently where it lies a pixel
 * further. The mean of what it makes of the digit as it is and shifted by a
 * pixel to each side is right more often, as Krizhevsky, Sutskever and Hinton
 * found for crops of photographs ("ImageNet Classification with Deep
 * Convolutional Neural Networks", NIPS 2012, section 4.1).
 *
 * Two layers do that, so that a network has it wherever it is saved, loaded or
 * exported. While it trains they pass on what they get: it learns from one view
 * at a time, which augmentation shifts anyway.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** Pixels down and to the right; the first view is the image itself. */
export const VIEWS: readonly (readonly [down: number, right: number])[] = [
  [0, 0],
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
];

/** Passes on what it gets in training, and may be left out else: `oneView`. */
export abstract class ViewsLayer extends tf.layers.Layer {
  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: { training?: boolean },
  ): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    return kwargs.training ? x.clone() : tf.tidy(() => this.views(x));
  }

  protected abstract views(x: tf.Tensor): tf.Tensor;
}

/**
 * [batch, height, width, channels] to [batch · 5, height, width, channels], the
 * views of an image one after another, with paper (0) where it left. Wants a
 * `MeanOfViews` behind it.
 */
export class ShiftedViews extends ViewsLayer {
  static className = "ShiftedViews";

  protected override views(x: tf.Tensor): tf.Tensor {
    const [batch, ...sizes] = x.shape as [number, number, number, number];
    const framed = tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]);
    const views = VIEWS.map(([down, right]) =>
      framed.slice([0, 1 - down, 1 - right, 0], x.shape)
    );
    return tf.stack(views, 1).reshape([batch * VIEWS.length, ...sizes]);
  }
}

/**
 * [batch · 5, features] to [batch, features]. Before a last dense layer it gives
 * the mean of the views' logits.
 */
export class MeanOfViews extends ViewsLayer {
  static className = "MeanOfViews";

  protected override views(x: tf.Tensor): tf.Tensor {
    return x.reshape([-1, VIEWS.length, x.shape[1]!]).mean(1);
  }
}

tf.serialization.registerClass(ShiftedViews);
tf.serialization.registerClass(MeanOfViews);
