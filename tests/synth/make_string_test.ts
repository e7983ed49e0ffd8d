import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { loadSample } from "@lib/mnist/mod.ts";
import { DIFFICULTIES, makeString } from "@lib/synth/mod.ts";

const digits = await loadSample();

Deno.test("makeString() makes the same bytes of the same seed and index", async () => {
  const first = await makeString(digits, 7, 3);
  await makeString(digits, 7, 2); // as each is made on its own
  assertEquals(await makeString(digits, 7, 3), first);
  assertNotEquals(await makeString(digits, 7, 4), first);
  assertNotEquals(await makeString(digits, 8, 3), first);
});

Deno.test("makeString() makes pictures of 2 to 8 digits", async () => {
  for (let index = 0; index < 12; index++) {
    const made = await makeString(digits, 1, index);
    const { picture: { width, height, data }, text, difficulties } = made;
    assert(/^\d{2,8}$/.test(text), `text is ${text}`);
    assertEquals(data.length, width * height * 3);
    assert(width >= 300 && width <= 1700, `width is ${width}`);
    assert(height >= 150 && height <= 850, `height is ${height}`);
    assert(difficulties.every((name) => DIFFICULTIES.includes(name)));
  }
});

Deno.test("makeString() rejects a seed that is none", async () => {
  await assertRejects(
    () => makeString(digits, -1, 0),
    RangeError,
    "Cannot seed a generator as the seed must be an integer from 0 to 4294967295: current seed is -1",
  );
});
