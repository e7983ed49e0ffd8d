import { assertEquals, assertRejects } from "@std/assert";
import { readLimited } from "@lib/files/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: [TMP], write: [TMP] };

testThatNeeds(
  NEEDS,
  "readLimited() reads files up to the limit, and an empty one",
  () =>
    withTempFolder(async (folder) => {
      for (const length of [0, 1, 200_000]) {
        const bytes = Uint8Array.from({ length }, (_, i) => i * i);
        await Deno.writeFile(`${folder}/a`, bytes);
        assertEquals(await readLimited(`${folder}/a`, length), bytes);
      }
    }),
);

testThatNeeds(
  NEEDS,
  "readLimited() rejects what is larger, without reading it",
  () =>
    withTempFolder(async (folder) => {
      await Deno.writeFile(`${folder}/a`, new Uint8Array());
      await Deno.truncate(`${folder}/a`, 2 ** 33); // takes no room
      await assertRejects(
        () => readLimited(`${folder}/a`, 3e6),
        RangeError,
        "it has more than 3 MB",
      );
    }),
);

testThatNeeds(
  { read: ["/dev/zero", "/dev/null"] },
  "readLimited() reads a device up to the limit",
  async () => {
    if (Deno.build.os === "windows") return;
    await assertRejects(
      () => readLimited("/dev/zero", 1e6),
      RangeError,
      "it has more than 1 MB",
    );
    assertEquals(await readLimited("/dev/null", 10), new Uint8Array(0));
  },
);

testThatNeeds(NEEDS, "readLimited() rejects a folder", async () => {
  await Deno.mkdir(TMP, { recursive: true });
  await assertRejects(
    () => readLimited(TMP, 1e6),
    Error,
    "Is a directory",
  );
});
