/** Copies images into frames and back; see `conv_shape.ts`. */

import { ConvShape } from "./conv_shape";
import { FLOAT } from "./simd";

/** Lays an image of x into a frame, zeros around it. */
export function enterFrame(shape: ConvShape, image: usize, frame: usize): void {
  if (isImage(shape)) {
    memory.copy(frame, image, windowBytes(shape));
    return;
  }
  memory.fill(frame, 0, shape.frame);
  copy(shape, image, frame, true);
}

/** Cuts an image of dx out of a frame, zeros where no window has been. */
export function leaveFrame(shape: ConvShape, frame: usize, image: usize): void {
  if (isImage(shape)) {
    const bytes = windowBytes(shape);
    memory.copy(image, frame, bytes);
    memory.fill(image + bytes, 0, shape.image - bytes);
    return;
  }
  memory.fill(image, 0, shape.image);
  copy(shape, image, frame, false);
}

/** Whether the rows of a frame are the first ones of the image. */
function isImage(shape: ConvShape): bool {
  return shape.padTop == 0 && shape.padLeft == 0 &&
    shape.frameWidth == shape.inWidth && shape.frameHeight <= shape.inHeight;
}

/** Bytes of a frame without its slack. */
function windowBytes(shape: ConvShape): usize {
  return shape.frameRow * <usize> shape.frameHeight;
}

/** Copies what the image and the frame share, into one of them. */
function copy(
  shape: ConvShape,
  image: usize,
  frame: usize,
  intoFrame: bool,
): void {
  const rows = min(shape.inHeight, shape.frameHeight - shape.padTop);
  const columns = min(shape.inWidth, shape.frameWidth - shape.padLeft);
  if (columns <= 0) return;
  const bytes = <usize> (columns * shape.inChannels) * FLOAT;
  const imageRow = <usize> (shape.inWidth * shape.inChannels) * FLOAT;
  let inFrame = frame + <usize> shape.padTop * shape.frameRow +
    <usize> (shape.padLeft * shape.inChannels) * FLOAT;
  for (let row = 0; row < rows; row++) {
    memory.copy(
      intoFrame ? inFrame : image,
      intoFrame ? image : inFrame,
      bytes,
    );
    image += imageRow;
    inFrame += shape.frameRow;
  }
}
