import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Picture, type PictureLine, runBatch } from "@lib/batch/mod.ts";

/** Counts how many have been taken. */
function numbered(count: number) {
  const taken = { count: 0 };
  async function* pictures(): AsyncGenerator<Picture> {
    for (let index = 1; index <= count; index++) {
      taken.count++;
      yield { index, image: `${index}.png`, path: `/${index}.png` };
    }
  }
  return { taken, pictures: pictures() };
}

const line = ({ index }: Picture): PictureLine => ({
  line: `${index}`,
  error: undefined,
});

/** Ends in any order. */
const late = () =>
  new Promise<void>((resolve) => setTimeout(resolve, 10 * Math.random()));

Deno.test("runBatch() writes lines in the order of the pictures", async () => {
  const written: string[] = [];
  await runBatch(numbered(100).pictures, {
    ahead: 8,
    read: (picture) => late().then(() => line(picture)),
    write: async (lines) => {
      assert(lines.length >= 1 && lines.length <= 8);
      await late();
      written.push(...lines.map(({ line }) => line));
    },
  });
  assertEquals(written, Array.from({ length: 100 }, (_, i) => `${i + 1}`));
});

Deno.test("runBatch() takes no more pictures than it may have under way", async () => {
  const { taken, pictures } = numbered(50);
  let written = 0;
  await runBatch(pictures, {
    ahead: 5,
    read: (picture) => {
      assert(taken.count - written <= 5);
      return Promise.resolve(line(picture));
    },
    write: (lines) => {
      written += lines.length;
      return Promise.resolve();
    },
  });
  assertEquals(written, 50);
});

Deno.test("runBatch() writes what comes before a picture that ends it all", async () => {
  const written: string[] = [];
  await assertRejects(
    () =>
      runBatch(numbered(9).pictures, {
        ahead: 9,
        read: (picture) =>
          picture.index === 4
            ? Promise.reject(new Error("no thread is left"))
            : Promise.resolve(line(picture)),
        write: (lines) => {
          written.push(...lines.map(({ line }) => line));
          return Promise.resolve();
        },
      }),
    Error,
    "no thread is left",
  );
  assertEquals(written, ["1", "2", "3"]);
});

Deno.test("runBatch() ends when there is no room for lines", async () => {
  const { taken, pictures } = numbered(1000);
  await assertRejects(
    () =>
      runBatch(pictures, {
        ahead: 10,
        read: (picture) => Promise.resolve(line(picture)),
        write: () => Promise.reject(new Error("no space")),
      }),
    Error,
    "no space",
  );
  assertEquals(taken.count, 10);
});
