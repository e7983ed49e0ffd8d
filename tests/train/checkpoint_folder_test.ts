import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import {
  type Checkpoint,
  checkpointTime,
  hasCheckpoint,
  openCheckpoints,
} from "@lib/train/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { exampleCheckpoint } from "./_states.ts";

const NEEDS = { read: [TMP], write: [TMP] };

/** One that is so many batches of 20 into the second epoch. */
function at(batches: number): Checkpoint {
  const checkpoint = exampleCheckpoint();
  const state = { ...checkpoint.state, done: 20 * batches, correct: 0 };
  return { ...checkpoint, state };
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

testThatNeeds(
  NEEDS,
  "openCheckpoints() keeps the two newest by turns, and loads the newest",
  () =>
    withTempFolder(async (run) => {
      const checkpoints = await openCheckpoints(run, true);
      assertEquals(await hasCheckpoint(run), false);
      for (const batches of [0, 1, 2]) {
        await checkpoints.save(at(batches));
        assertEquals(await checkpoints.load(), {
          checkpoint: at(batches),
          damage: undefined,
        });
      }
      assertEquals(names(`${run}/checkpoint`), ["a.bin", "b.bin", "lock"]);
      assertEquals(await hasCheckpoint(run), true);
      const stat = await Deno.stat(`${run}/checkpoint/a.bin`);
      assertEquals(await checkpointTime(run), stat.mtime!.getTime());
      // Whoever opens them again goes on with the turns.
      checkpoints.close();
      const again = await openCheckpoints(run);
      await again.load();
      await Deno.remove(`${run}/checkpoint/b.bin`);
      await again.save(at(1));
      assertEquals((await again.load()).checkpoint.state.done, 40);
      await again.remove();
      assertEquals(names(run), []);
      again.close();
    }),
);

testThatNeeds(
  NEEDS,
  "openCheckpoints() loads the one before a damaged one, says so, and writes over the damage",
  () =>
    withTempFolder(async (run) => {
      const checkpoints = await openCheckpoints(run, true);
      await checkpoints.save(at(1)); // a.bin
      await checkpoints.save(at(2)); // b.bin
      const path = `${run}/checkpoint/b.bin`;
      const bytes = await Deno.readFile(path);
      await Deno.writeFile(path, bytes.subarray(0, 300));
      const { checkpoint, damage } = await checkpoints.load();
      assertEquals(checkpoint, at(1));
      assertEquals(
        damage,
        `Cannot go on from ${path} as its bytes must be as they were written: their SHA-256 is not the one in it`,
      );
      await checkpoints.save(at(2));
      assertEquals(await checkpoints.load(), {
        checkpoint: at(2),
        damage: undefined,
      });
      for (const name of ["a.bin", "b.bin"]) {
        await Deno.writeTextFile(`${run}/checkpoint/${name}`, "nothing");
      }
      await assertRejects(
        () => checkpoints.load(),
        SyntaxError,
        'a.bin as it must begin as checkpoints do: it begins with "nothing" and has 7 bytes',
      );
      checkpoints.close();
    }),
);

testThatNeeds(
  NEEDS,
  "openCheckpoints() does not read what is too large to be one",
  () =>
    withTempFolder(async (run) => {
      const checkpoints = await openCheckpoints(run, true);
      // Takes no room on the disk.
      await Deno.writeTextFile(`${run}/checkpoint/a.bin`, "");
      await Deno.truncate(`${run}/checkpoint/a.bin`, 2 ** 36);
      await assertRejects(
        () => checkpoints.load(),
        SyntaxError,
        `Cannot go on from ${run}/checkpoint/a.bin as a checkpoint has 268435456 bytes at most: current length is 68719476736`,
      );
      checkpoints.close();
    }),
);

testThatNeeds(
  NEEDS,
  "openCheckpoints() keeps all others out until it is closed",
  () =>
    withTempFolder(async (run) => {
      const checkpoints = await openCheckpoints(run, true);
      await checkpoints.save(at(0));
      await assertRejects(
        () => openCheckpoints(run),
        Deno.errors.Busy,
        `Cannot train in ${run} as one process at a time can: another is training there`,
      );
      checkpoints.close();
      const next = await openCheckpoints(run);
      next.close();
    }),
);

testThatNeeds(
  NEEDS,
  "openCheckpoints() refuses a run without any, and removes what a killed one left",
  () =>
    withTempFolder(async (run) => {
      const message =
        `Cannot go on with ${run} as it must have a checkpoint: there is none, as where a run is finished`;
      await assertRejects(
        () => openCheckpoints(run),
        Deno.errors.NotFound,
        message,
      );
      const checkpoints = await openCheckpoints(run, true);
      await assertRejects(
        () => checkpoints.load(),
        Deno.errors.NotFound,
        message,
      );
      await checkpoints.save(at(0));
      checkpoints.close();
      await Deno.writeTextFile(`${run}/weights.bin.12345678.tmp`, "half");
      await Deno.writeTextFile(`${run}/checkpoint/b.bin.12345678.tmp`, "half");
      const next = await openCheckpoints(run);
      assertEquals(names(run), ["checkpoint"]);
      assertEquals(names(`${run}/checkpoint`), ["a.bin", "lock"]);
      next.close();
    }),
);

testThatNeeds(
  NEEDS,
  "openCheckpoints() says why one cannot be kept, and leaves the others",
  () =>
    withTempFolder(async (run) => {
      const checkpoints = await openCheckpoints(run, true);
      await checkpoints.save(at(0));
      const diverged = at(1);
      diverged.state.weights[0] = NaN;
      await assertRejects(() => checkpoints.save(diverged), RangeError);
      assertEquals((await checkpoints.load()).checkpoint, at(0));
      await Deno.rename(`${run}/checkpoint`, `${run}/elsewhere`);
      const error = await assertRejects(
        () => checkpoints.save(at(1)),
        Deno.errors.NotFound,
      );
      assertMatch(
        error.message,
        /^Cannot write .*\/checkpoint\/b\.bin as its folder must be writable, with room for \d+ bytes: No such file or directory/,
      );
      assert((await Deno.stat(`${run}/elsewhere/a.bin`)).size > 0);
      checkpoints.close();
    }),
);
