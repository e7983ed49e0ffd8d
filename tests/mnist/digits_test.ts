import { assertStrictEquals, assertThrows } from "@std/assert";
import { createDigits, type IdxImages, PIXELS } from "@lib/mnist/mod.ts";

function blank(...shape: IdxImages["shape"]): IdxImages {
  return { shape, pixels: new Uint8Array(shape[0] * shape[1] * shape[2]) };
}

Deno.test("createDigits() keeps the arrays that it is given", () => {
  const pixels = new Uint8Array(2 * PIXELS);
  const labels = Uint8Array.of(0, 9);
  const digits = createDigits({ shape: [2, 28, 28], pixels }, labels);
  assertStrictEquals(digits.images, pixels);
  assertStrictEquals(digits.labels, labels);
});

Deno.test("createDigits() rejects images of another size, and none", () => {
  for (const images of [blank(1, 28, 27), blank(1, 14, 28), blank(0, 28, 28)]) {
    assertThrows(
      () => createDigits(images, new Uint8Array(1), "x"),
      TypeError,
      `Cannot make digits of x as the images' shape must be [N,28,28], N at least 1: current shape is [${images.shape}]`,
    );
  }
});

Deno.test("createDigits() rejects counts that differ", () => {
  assertThrows(
    () => createDigits(blank(2, 28, 28), new Uint8Array(3)),
    TypeError,
    "Cannot make digits of images and labels as each image must have one label: current are 2 images and 3 labels",
  );
});

Deno.test("createDigits() rejects a label over 9", () => {
  assertThrows(
    () => createDigits(blank(3, 28, 28), Uint8Array.of(9, 10, 200)),
    RangeError,
    "as labels must be 0 to 9: current label 1 is 10",
  );
});
