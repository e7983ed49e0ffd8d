/**
 * A network as the few steps that other engines know, channels first.
 *
 * Values go from step to step as [batch, channels, height, width], and as
 * [batch, features] once they are flat: channel by channel, rows from the top.
 * Weights are doubles until they are written, so that what is folded into them
 * is rounded once.
 *
 * @module
 */

/** Height, then width. */
export type Pair = [height: number, width: number];

/** Zeros laid around a plane, in pixels. */
export type Pads = [top: number, left: number, bottom: number, right: number];

/** What a convolution and a pooling move over the plane. */
export interface Window {
  kernel: Pair;
  strides: Pair;
  pads: Pads;
}

export interface Convolution extends Window {
  kind: "convolution";
  dilations: Pair;
  /** [outChannels, inChannels, kernel height, kernel width]. */
  filter: Float64Array;
  inChannels: number;
  /** [outChannels]. */
  bias: Float64Array;
}

export interface Dense {
  kind: "dense";
  /** [inputs, outputs]. */
  weights: Float64Array;
  /** [outputs]. */
  bias: Float64Array;
}

/** Times `scale`, plus `shift`, for each channel or each feature. */
export interface Affine {
  kind: "affine";
  scale: Float64Array;
  shift: Float64Array;
  /** True where the values are flat. */
  flat: boolean;
}

/** What lies outside of the plane counts for neither. */
export interface Pooling extends Window {
  kind: "maxPool" | "averagePool";
}

/** Leaves one pixel a channel. */
export interface GlobalPooling {
  kind: "globalMaxPool" | "globalAveragePool";
}

export interface Flatten {
  kind: "flatten";
  /** Pixels a channel. */
  area: number;
}

/** [batch, views, height, width] to [batch · views, 1, height, width]. */
export interface SplitViews {
  kind: "splitViews";
  size: Pair;
}

/** [batch · views, features] to [batch, features]. */
export interface MeanOfViews {
  kind: "meanOfViews";
  views: number;
  features: number;
}

export interface Activation {
  kind: "relu" | "softmax";
}

export type Step =
  | Convolution
  | Dense
  | Affine
  | Pooling
  | GlobalPooling
  | Flatten
  | SplitViews
  | MeanOfViews
  | Activation;
