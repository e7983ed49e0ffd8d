import { assertEquals, assertRejects } from "@std/assert";
import { writeWhole } from "@lib/files/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: [TMP], write: [TMP] };

/** Names in a folder, sorted. */
function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

testThatNeeds(
  NEEDS,
  "writeWhole() replaces a file and leaves no other",
  () =>
    withTempFolder(async (folder) => {
      await writeWhole(`${folder}/a.txt`, "old");
      await writeWhole(`${folder}/a.txt`, "new");
      await writeWhole(`${folder}/b.bin`, Uint8Array.of(1, 2), {
        durable: true,
      });
      assertEquals([...await Deno.readFile(`${folder}/b.bin`)], [1, 2]);
      assertEquals(await Deno.readTextFile(`${folder}/a.txt`), "new");
      assertEquals(names(folder), ["a.txt", "b.bin"]);
    }),
);

testThatNeeds(
  NEEDS,
  "writeWhole() twice at once leaves one whole file",
  () =>
    withTempFolder(async (folder) => {
      const contents = ["a".repeat(1e6), "b".repeat(1e6)];
      await Promise.all(
        contents.map((content) => writeWhole(`${folder}/a.txt`, content)),
      );
      const content = await Deno.readTextFile(`${folder}/a.txt`);
      assertEquals(contents.includes(content), true);
      assertEquals(names(folder), ["a.txt"]);
    }),
);

testThatNeeds(
  NEEDS,
  "writeWhole() keeps what was there and cleans up where it fails",
  () =>
    withTempFolder(async (folder) => {
      // A folder of that name cannot be replaced by a file.
      await Deno.mkdir(`${folder}/taken/full`, { recursive: true });
      await assertRejects(
        () => writeWhole(`${folder}/taken`, "abc"),
        Error,
        `Cannot write ${folder}/taken as its folder must be writable, with room for 3 bytes: `,
      );
      assertEquals(names(folder), ["taken"]);
    }),
);

testThatNeeds(
  NEEDS,
  "writeWhole() rejects a folder that is not there",
  () =>
    withTempFolder(async (folder) => {
      await assertRejects(
        () => writeWhole(`${folder}/missing/a.txt`, "abc"),
        Deno.errors.NotFound,
        "with room for 3 bytes: No such file or directory",
      );
    }),
);
