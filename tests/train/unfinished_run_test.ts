import { assertEquals, assertRejects } from "@std/assert";
import { openCheckpoints, openUnfinishedRun } from "@lib/train/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { exampleCheckpoint } from "./_states.ts";

const NEEDS = { read: [TMP], write: [TMP] };

/** A run that was stopped at a time of the year 2000. */
async function stopRun(folder: string, second: number): Promise<void> {
  await Deno.mkdir(folder);
  const checkpoints = await openCheckpoints(folder, true);
  await checkpoints.save(exampleCheckpoint());
  checkpoints.close();
  const time = new Date(Date.UTC(2000, 0, 1, 0, 0, second));
  await Deno.utime(`${folder}/checkpoint/a.bin`, time, time);
}

testThatNeeds(
  NEEDS,
  "openUnfinishedRun() takes the newest that no other process is at",
  () =>
    withTempFolder(async (runs) => {
      await assertRejects(
        () => openUnfinishedRun(`${runs}/missing`),
        Deno.errors.NotFound,
        `Cannot go on with a run as there must be one in ${runs}/missing that is not finished: there is none`,
      );
      await Deno.mkdir(`${runs}/finished`);
      await Deno.writeTextFile(`${runs}/file`, "");
      await stopRun(`${runs}/old`, 1);
      await stopRun(`${runs}/new`, 3);
      await stopRun(`${runs}/middle`, 2);
      const opened = [];
      for (const wanted of ["new", "middle", "old"]) {
        const run = await openUnfinishedRun(runs);
        assertEquals(run.folder, `${runs}/${wanted}`);
        assertEquals(run.checkpoint, exampleCheckpoint());
        opened.push(run);
      }
      const error = await assertRejects(
        () => openUnfinishedRun(runs),
        Deno.errors.NotFound,
      );
      assertEquals(
        error.message,
        `Cannot go on with a run as there must be one in ${runs} that is not finished: there is none but what another process is at`,
      );
      for (const { checkpoints } of opened) checkpoints.close();
    }),
);

testThatNeeds(
  NEEDS,
  "openUnfinishedRun() takes a run by its name, and says why it cannot",
  () =>
    withTempFolder(async (runs) => {
      await stopRun(`${runs}/new`, 2);
      await stopRun(`${runs}/old`, 1);
      const run = await openUnfinishedRun(runs, "old");
      assertEquals(run.folder, `${runs}/old`);
      await assertRejects(
        () => openUnfinishedRun(runs, "old"),
        Deno.errors.Busy,
        `Cannot train in ${runs}/old as one process at a time can: another is training there`,
      );
      run.checkpoints.close();
      for (const name of ["missing", "../x", ""]) {
        await assertRejects(
          () => openUnfinishedRun(runs, name),
          Deno.errors.NotFound,
          `Cannot go on with the run ${name} as its folder must be in ${runs}: there is none`,
        );
      }
      await Deno.mkdir(`${runs}/finished`);
      await assertRejects(
        () => openUnfinishedRun(runs, "finished"),
        Deno.errors.NotFound,
        `Cannot go on with ${runs}/finished as it must have a checkpoint: there is none, as where a run is finished`,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "openUnfinishedRun() lets go of a run whose checkpoints are damaged",
  () =>
    withTempFolder(async (runs) => {
      await stopRun(`${runs}/damaged`, 1);
      await Deno.truncate(`${runs}/damaged/checkpoint/a.bin`, 100);
      for (let time = 0; time < 2; time++) {
        await assertRejects(
          () => openUnfinishedRun(runs),
          SyntaxError,
          "damaged/checkpoint/a.bin as its bytes must be as they were written: ",
        );
      }
    }),
);
