import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { gunzip } from "@lib/mnist/mod.ts";
import { gzip } from "./idx_bytes.ts";

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 7);

Deno.test("gunzip() unpacks gzip", async () => {
  assertEquals(await gunzip(await gzip(BYTES)), BYTES);
});

Deno.test("gunzip() gives back what is not gzip", async () => {
  for (const bytes of [BYTES, new Uint8Array(0), Uint8Array.of(0x1f)]) {
    assertStrictEquals(await gunzip(bytes), bytes);
  }
});

Deno.test("gunzip() rejects gzip that is cut off, damaged, or too long", async () => {
  const whole = await gzip(BYTES);
  const damaged = whole.map((byte, i) => i === 15 ? byte ^ 0xff : byte);
  const longer = Uint8Array.of(...whole, 0);
  const short = [2, 12, whole.length - 1].map((end) => whole.slice(0, end));
  for (const bytes of [...short, damaged, longer]) {
    await assertRejects(
      () => gunzip(bytes, "a.gz"),
      SyntaxError,
      `Cannot unpack a.gz as it must be one whole gzip stream: its ${bytes.length} bytes are damaged, cut off, or too many`,
    );
  }
});

Deno.test("gunzip() rejects what unpacks to more than it may", async () => {
  assertEquals((await gunzip(await gzip(BYTES), "a.gz", 1000)).length, 1000);
  const bomb = await gzip(new Uint8Array(3e6));
  await assertRejects(
    () => gunzip(bomb, "a.gz", 2e6),
    RangeError,
    `Cannot unpack a.gz as it must hold at most 2 MB: its ${bomb.length} bytes hold more`,
  );
});
