import { assertEquals, assertThrows } from "@std/assert";
import { parseShard, type Picture, takeShard } from "@lib/batch/mod.ts";

async function* numbered(count: number): AsyncGenerator<Picture> {
  for (let index = 1; index <= count; index++) {
    yield { index, image: `${index}.png`, path: `/${index}.png` };
  }
}

Deno.test("takeShard() gives each picture to one shard", async () => {
  const shards: number[][] = [];
  for (const part of [1, 2, 3]) {
    const shard: number[] = [];
    for await (const { index } of takeShard(numbered(8), { part, parts: 3 })) {
      shard.push(index);
    }
    shards.push(shard);
  }
  assertEquals(shards, [[1, 4, 7], [2, 5, 8], [3, 6]]);
});

Deno.test("parseShard() rejects what is no part of a whole", () => {
  for (const text of ["", "1", "0/2", "3/2", "1/0", "1/2/3", "-1/2", "a/b"]) {
    assertThrows(
      () => parseShard(text),
      RangeError,
      `Cannot take a shard as it must be i/n with i from 1 to n, such as 2/4: current shard is ${text}`,
    );
  }
});
