import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { parseIdxImages, parseIdxLabels } from "@lib/mnist/mod.ts";
import { idx } from "./idx_bytes.ts";

Deno.test("parseIdxImages() gives shape and pixels as a view", () => {
  const bytes = idx(2051, [2, 1, 3], Uint8Array.of(1, 2, 3, 4, 5, 255));
  const { shape, pixels } = parseIdxImages(bytes);
  assertEquals(shape, [2, 1, 3]);
  assertEquals([...pixels], [1, 2, 3, 4, 5, 255]);
  assertStrictEquals(pixels.buffer, bytes.buffer);
});

Deno.test("parseIdxLabels() gives labels as a view", () => {
  const bytes = idx(2049, [3], Uint8Array.of(7, 0, 9));
  const labels = parseIdxLabels(bytes);
  assertEquals([...labels], [7, 0, 9]);
  assertStrictEquals(labels.buffer, bytes.buffer);
});

Deno.test("parseIdxLabels() reads a view that begins inside its buffer", () => {
  const bytes = idx(2049, [2], Uint8Array.of(4, 5));
  const longer = new Uint8Array(bytes.length + 3);
  longer.set(bytes, 3);
  assertEquals([...parseIdxLabels(longer.subarray(3))], [4, 5]);
});

Deno.test("parseIdxImages() rejects a header that is cut off", () => {
  for (const length of [0, 15]) {
    assertThrows(
      () => parseIdxImages(new Uint8Array(length), "a.idx"),
      SyntaxError,
      `Cannot parse a.idx as its header must have 16 bytes: current length is ${length}`,
    );
  }
});

Deno.test("parseIdxImages() rejects a label file, and parseIdxLabels() an image file", () => {
  const images = idx(2051, [1, 1, 1], Uint8Array.of(7));
  const labels = idx(2049, [8], new Uint8Array(8));
  assertThrows(
    () => parseIdxImages(labels),
    SyntaxError,
    "Cannot parse an IDX image file as its magic number must be 2051: current is 2049",
  );
  assertThrows(
    () => parseIdxLabels(images),
    SyntaxError,
    "Cannot parse an IDX label file as its magic number must be 2049: current is 2051",
  );
});

Deno.test("parseIdxImages() rejects bytes that are missing or too many", () => {
  for (const length of [11, 13]) {
    assertThrows(
      () => parseIdxImages(idx(2051, [2, 2, 3], new Uint8Array(length))),
      SyntaxError,
      `as a shape of [2,2,3] needs 28 bytes: current length is ${length + 16}`,
    );
  }
});

Deno.test("parseIdxLabels() rejects a count that is not the file's", () => {
  assertThrows(
    () => parseIdxLabels(idx(2049, [0xffffffff], Uint8Array.of(1))),
    SyntaxError,
    "as a shape of [4294967295] needs 4294967303 bytes: current length is 9",
  );
});
