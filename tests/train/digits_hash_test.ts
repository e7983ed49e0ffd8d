import { assertEquals, assertNotEquals } from "@std/assert";
import { createHash } from "node:crypto";
import type { MnistSplits } from "@lib/mnist/mod.ts";
import { digitsHash } from "@lib/train/mod.ts";
import { tinyDigits } from "./_tiny.ts";

function splits(): MnistSplits {
  return {
    train: tinyDigits(20, 1),
    validation: tinyDigits(10, 2),
    test: tinyDigits(10, 3),
    source: "mnist",
    description: "",
  };
}

Deno.test("digitsHash() is the SHA-256 of those of its parts", async () => {
  const { train, validation, test } = splits();
  const all = [train, validation, test]
    .flatMap(({ images, labels }) => [images, labels])
    .map((part) => createHash("sha256").update(part).digest("hex"));
  assertEquals(
    await digitsHash(splits()),
    createHash("sha256").update(all.join("")).digest("hex"),
  );
});

Deno.test("digitsHash() sees a pixel, a label and an order that differ", async () => {
  const hash = await digitsHash(splits());
  for (const part of ["train", "validation", "test"] as const) {
    const pixel = splits();
    pixel[part].images[784]! ^= 1;
    const label = splits();
    label[part].labels[3]! ^= 1;
    const order = splits();
    order[part].labels.reverse();
    for (const other of [pixel, label, order]) {
      assertNotEquals(await digitsHash(other), hash);
    }
  }
});
