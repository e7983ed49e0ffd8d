/** Copies images into frames and back; see `conv_shape.ts`. */

import { ConvShape } from "./conv_shape";
import { FLOAT } from "./simd";

/** Lays an image of x into a frame, zeros around it. */
export function enterFrame(shape: ConvShape, image: usize, frame: usize): void {
  memory.fill(frame, 0, shape.frame);
  copy(shape, image, frame, true);
}

/** Cuts an image of dx out of a frame, zeros where no window has been. */
export function leaveFrame(shape: ConvShape, frame: usize, image: usize): void {
  memory.fill(image, 0, shape.image);
  copy(shape, image, frame, false);
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
