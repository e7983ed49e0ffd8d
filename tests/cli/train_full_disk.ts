/**
 * `deno task test:resume`: that a full disk costs nothing that was learned.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import { withTempFolder } from "../needs.ts";
import { finish, leftBy, startTrain, trainCommand } from "./_killed_runs.ts";
import { writeSampleIdx } from "./_sample_idx.ts";
import { withRun } from "./_with_run.ts";

/** `sh` with a script, whose words are a run's folder and a command. */
async function shell(script: string, folder: string, command: string[]) {
  const { code, stderr } = await new Deno.Command("sh", {
    args: ["-c", script, "sh", folder, ...command],
    stdout: "null",
  }).output();
  return { code, err: new TextDecoder().decode(stderr) };
}

/** The mounts end with the process, whatever becomes of it. */
const OWN_MOUNTS = "unshare --map-root-user --mount sh -c";
const { code } = await shell(`${OWN_MOUNTS} 'mount -t tmpfs x /mnt'`, "", []);

/**
 * A checkpoint has 420 kB, and two are there: a third has no room. What is in
 * the folder in the end is copied behind it.
 */
const WAYS = [
  {
    name: "a disk without room",
    ignore: code !== 0,
    script: `${OWN_MOUNTS} '
      folder=$1; shift
      cp -r "$folder" "$folder.0"
      mount -t tmpfs -o size=1100k x "$folder"
      cp -r "$folder.0/." "$folder"
      "$@"; code=$?
      cp -r "$folder" "$folder.1"
      exit $code' sh "$@"`,
    came: "No space left on device",
  },
  {
    name: "a limit to the size of files",
    ignore: false,
    script: `
      folder=$1; shift
      (trap "" XFSZ; ulimit -f 300; "$@"); code=$?
      cp -r "$folder" "$folder.1"
      exit $code`,
    came: "File too large",
  },
];

for (const { name, ignore, script, came } of WAYS) {
  Deno.test({
    name:
      `deno task train meets ${name}: it ends with a sentence, keeps its checkpoints, and goes on later`,
    ignore,
    fn: () =>
      withTempFolder((data) =>
        withRun((whole) =>
          withRun(async (name) => {
            await writeSampleIdx(data, 600, 100);
            const begin = [
              ...["--data", data, "--architecture", "small", "--epochs", "2"],
              ...["--batch-size", "50", "--name"],
            ];
            await finish(startTrain([...begin, whole]));
            const folder = `data/runs/${name}`;
            await killWithTwo([...begin, name], folder);
            const before = await checkpoints(folder);
            const { code, err } = await shell(
              script,
              folder,
              trainCommand(["--resume", name, "--checkpoint-seconds", "0"]),
            );
            assertEquals(code, 1);
            assertMatch(
              err,
              new RegExp(
                `^Error: Cannot write .*/checkpoint/[ab]\\.bin as its folder must be writable, with room for \\d+ bytes: ${came} \\(os error \\d+\\); to go on from the last checkpoint type .* task train --resume ${name}\n$`,
              ),
            );
            await Deno.remove(folder, { recursive: true });
            await Deno.rename(`${folder}.1`, folder);
            await Deno.remove(`${folder}.0`, { recursive: true })
              .catch(() => {});
            assertEquals(await checkpoints(folder), before);
            await finish(startTrain(["--resume", name]));
            assertEquals(await leftBy(name), await leftBy(whole));
          })
        )
      ),
  });
}

/** Trains until there are two checkpoints. */
async function killWithTwo(args: string[], folder: string): Promise<void> {
  const child = startTrain([...args, "--checkpoint-seconds", "0"]);
  while (!await isThere(`${folder}/checkpoint/b.bin`)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill("SIGKILL");
  await child.status;
  // One may have been half written.
  for (const { name } of Deno.readDirSync(`${folder}/checkpoint`)) {
    if (name.endsWith(".tmp")) {
      await Deno.remove(`${folder}/checkpoint/${name}`);
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The files by name. */
async function checkpoints(folder: string) {
  const files: Record<string, Uint8Array> = {};
  for (const { name } of Deno.readDirSync(`${folder}/checkpoint`)) {
    files[name] = await Deno.readFile(`${folder}/checkpoint/${name}`);
  }
  return files;
}
