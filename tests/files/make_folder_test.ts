import { assert, assertRejects } from "@std/assert";
import { makeFolder } from "@lib/files/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: [TMP], write: [TMP] };

testThatNeeds(
  NEEDS,
  "makeFolder() makes those above it too, and leaves one that is there",
  () =>
    withTempFolder(async (folder) => {
      await makeFolder(`${folder}/a/b`);
      await Deno.writeTextFile(`${folder}/a/b/kept.txt`, "");
      await makeFolder(`${folder}/a/b`);
      assert((await Deno.stat(`${folder}/a/b/kept.txt`)).isFile);
    }),
);

testThatNeeds(
  NEEDS,
  "makeFolder() says why it cannot",
  () =>
    withTempFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/file`, "");
      await assertRejects(
        () => makeFolder(`${folder}/file/c`),
        Error,
        `Cannot make the folder ${folder}/file/c as the one above it must be writable: `,
      );
    }),
);
