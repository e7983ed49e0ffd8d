import { assert, assertEquals } from "@std/assert";
import { makeVectors, VECTORS } from "@lib/cli/make_vectors.ts";
import { testThatNeeds } from "../needs.ts";

testThatNeeds(
  { read: ["data"] },
  "makeVectors() makes the file in data/vectors/ to the letter",
  async () => {
    const text = await makeVectors();
    assert(text === await Deno.readTextFile(VECTORS));
  },
);

testThatNeeds(
  { read: ["data"] },
  "The test vectors are crops with ink, each with its 28×28 pixels",
  async () => {
    const vectors: Record<string, string>[] = JSON.parse(
      await Deno.readTextFile(VECTORS),
    );
    assertEquals(vectors.length, 10);
    for (const { name, width, height, ink, digit } of vectors) {
      const crop = Uint8Array.fromBase64(ink!);
      assertEquals(crop.length, Number(width) * Number(height), name!);
      assert(crop.some((value) => value > 50), name!);
      const pixels = Uint8Array.fromBase64(digit!);
      assertEquals(pixels.length, 784, name!);
      // The longer side is 20 px: so many rows or columns have ink.
      const lines = [0, 1].map((axis) =>
        Array.from(
          { length: 28 },
          (_, line) =>
            pixels.some((value, i) =>
              value > 0 && (axis === 0 ? Math.floor(i / 28) : i % 28) === line
            ),
        ).filter(Boolean).length
      );
      assert(Math.max(...lines) >= 18 && Math.max(...lines) <= 20, name!);
    }
  },
);
