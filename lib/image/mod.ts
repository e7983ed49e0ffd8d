/** From the bytes of a picture to its ink, in 28×28 digits. @module */

export * from "./blur.ts";
export * from "./close.ts";
export * from "./component_histogram.ts";
export * from "./decode_picture.ts";
export * from "./dilate.ts";
export * from "./draw_digit.ts";
export * from "./encode_jpeg.ts";
export * from "./encode_png.ts";
export * from "./encode_webp.ts";
export * from "./find_components.ts";
export * from "./fit_digit.ts";
export * from "./flatten.ts";
export * from "./full_ink.ts";
export * from "./gray_image.ts";
export * from "./histogram.ts";
export * from "./invert.ts";
export * from "./noise_level.ts";
export * from "./orient_image.ts";
export * from "./otsu.ts";
export * from "./picture_format.ts";
export * from "./resize.ts";
export * from "./rgb_image.ts";
export * from "./threshold.ts";
export * from "./threshold_component.ts";
export * from "./to_gray.ts";
