import { assert, assertEquals, assertRejects } from "@std/assert";
import { lockFile } from "@lib/files/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: [TMP], write: [TMP] };

testThatNeeds(
  NEEDS,
  "lockFile() gives the lock to one at a time",
  () =>
    withTempFolder(async (folder) => {
      const path = `${folder}/lock`;
      const first = await lockFile(path);
      assert(first);
      assertEquals(await lockFile(path), undefined);
      assertEquals(await lockFile(path), undefined);
      first.release();
      const next = await lockFile(path);
      assert(next);
      next.release();
    }),
);

/** Takes a lock, says so, and keeps it. */
const HOLDER = `
  const file = await Deno.open(Deno.args[0], { create: true, write: true });
  await file.lock(true);
  console.log("locked");
  setInterval(() => {}, 1000);
`;

testThatNeeds(
  { ...NEEDS, run: true },
  "lockFile() sees the lock of another process, and none of one that was killed",
  () =>
    withTempFolder(async (folder) => {
      const path = `${folder}/lock`;
      await Deno.writeTextFile(`${folder}/holder.js`, HOLDER);
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--allow-read", `--allow-write=${folder}`],
          ...[`${folder}/holder.js`, path],
        ],
        stdout: "piped",
        stderr: "null",
      }).spawn();
      const reader = child.stdout.getReader();
      await reader.read();
      assertEquals(await lockFile(path), undefined);
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
      const lock = await lockFile(path);
      assert(lock);
      lock.release();
    }),
);

testThatNeeds(
  NEEDS,
  "lockFile() says why it cannot",
  () =>
    withTempFolder(async (folder) => {
      await assertRejects(
        () => lockFile(`${folder}/missing/lock`),
        Deno.errors.NotFound,
        `Cannot lock ${folder}/missing/lock as its folder must be writable, on a disk with locks: No such file or directory`,
      );
    }),
);
