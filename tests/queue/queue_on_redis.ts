/**
 * `submit`, `worker` and `progress` on a real Redis server: `deno task
 * test:queue`. Its name keeps it from `deno test`, which has no such server.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lineStart } from "@lib/batch/mod.ts";
import { encodePng } from "@lib/image/mod.ts";
import { loadClassifier } from "@lib/cli/load_classifier.ts";
import { pictureReader } from "@lib/cli/picture_reader.ts";
import { withTempFolder } from "../needs.ts";
import { startTask, type TaskProcess } from "../run_task_process.ts";
import { startRedis } from "./_redis.ts";
import { smallPictures } from "../batch/small_pictures.ts";

const COUNT = 2000;
const WORKERS = 4;
/** A picture that cannot be read, by its place from 1. */
const DAMAGED = 37;

Deno.test("submit and worker have each of 2,000 results once, whoever is killed", () =>
  withTempFolder(async (folder) => {
    const begun = performance.now();
    const say = (what: string) =>
      console.log(
        `${((performance.now() - begun) / 1000).toFixed(1)} s: ${what}`,
      );
    const expected = await makePictures(folder);
    const out = `${folder}/results.ndjson`;
    const redis = await startRedis(folder);
    const workers: TaskProcess[] = [];
    let submit: TaskProcess | undefined;
    const startSubmit = () =>
      startTask(
        "submit",
        ...["--queue", redis.url, "--out", out],
        ...[`${folder}/pictures`, `${folder}/missing.png`],
      );
    try {
      submit = startSubmit();
      for (let i = 0; i < WORKERS; i++) {
        workers.push(
          startTask("worker", "--queue", redis.url, "--workers", "1"),
        );
      }
      for (const lines of [200, 500]) {
        await linesIn(out, lines, submit);
        const victim = Math.floor(Math.random() * workers.length);
        await workers.splice(victim, 1)[0]!.kill();
        say(`killed worker ${victim + 1} of ${workers.length + 1}`);
      }
      await linesIn(out, 700, submit);
      await submit.kill();
      const kept = (await linesIn(out, 700, submit)).length;
      submit = startSubmit();
      say(`killed submit with ${kept} bytes written, and started it again`);

      await linesIn(out, 900, submit);
      const told = await startTask("progress", "--queue", redis.url).ended;
      assertEquals([told.code, told.err], [0, ""]);
      // A worker that was killed is gone from the server at once.
      assertStringIncludes(told.out, "2 workers · ");
      assertStringIncludes(told.out, " set aside\n");
      assertStringIncludes(told.out, `${out}: `);
      assertStringIncludes(told.out, "of 2,000");

      await linesIn(out, 1000, submit);
      await redis.kill();
      say("killed the Redis server, and with it all that it knew");
      await redis.restart();

      const { code, out: printed, err } = await submit.ended;
      say("submit came to its end");
      assertEquals(await Deno.readTextFile(out), expected);
      assertEquals(code, 1);
      assertStringIncludes(printed, "2 of 2,000 with an error");
      assertStringIncludes(err, " is gone: waiting for it\n");
      assertStringIncludes(err, " is there again\n");

      const again = await startSubmit().ended;
      assertStringIncludes(again.out, "There is nothing left to do: ");
      const json = await startTask("progress", "--queue", redis.url, "--json")
        .ended;
      const { workers: count, waiting, active, read, failed, runs } = JSON
        .parse(json.out);
      assertEquals({ count, waiting, active, read, runs }, {
        ...{ count: 2, waiting: 0, active: 0, read: 0, runs: [] },
      });
      // The damaged one was set aside before the server forgot it.
      assertEquals(failed, 1);
    } finally {
      await submit?.kill();
      for (const worker of workers) await worker.kill();
      await redis.kill();
    }
  }));

/** Makes all pictures but the last, and gives the results of all. */
async function makePictures(folder: string): Promise<string> {
  const blank = await encodePng({
    ...{ width: 1, height: 1 },
    data: Uint8Array.of(255, 255, 255),
  });
  // Most are read at once: it is not their reading that is tested.
  const samples = (await smallPictures(10)).flatMap(
    (file) => [file, blank, blank, blank],
  );
  await Deno.mkdir(`${folder}/pictures`);
  const names = Array.from(
    { length: COUNT - 1 },
    (_, i) => `${folder}/pictures/${`${i + 1}`.padStart(5, "0")}.png`,
  );
  for (const [i, name] of names.entries()) {
    const bytes = samples[i % samples.length]!;
    if (i + 1 === DAMAGED) await Deno.writeFile(name, bytes.subarray(0, 60));
    else await Deno.writeFile(name, bytes);
  }
  names.push(`${folder}/missing.png`);
  const read = pictureReader(await loadClassifier(undefined));
  const ends = new Map<string, string>();
  const end = async (name: string, key: string) => {
    const known = ends.get(key);
    if (known !== undefined) return known;
    const outcome = await read(name).then(
      ({ reading }) => reading,
      (error) => ({ error: error.message }),
    );
    const text = JSON.stringify(outcome).slice(1);
    ends.set(key, text);
    return text;
  };
  let expected = "";
  for (const [i, image] of names.entries()) {
    const index = i + 1;
    const isSpecial = index === DAMAGED || index === COUNT;
    const key = isSpecial ? image : `${i % samples.length}`;
    expected += lineStart("json", { index, image, path: "" }) +
      await end(image, key) + "\n";
  }
  assert(expected.split('"error":').length === 3);
  return expected;
}

/** Waits until a task has so many lines in its file, and returns it. */
async function linesIn(
  path: string,
  wanted: number,
  task: TaskProcess,
): Promise<string> {
  let end: string | undefined;
  task.ended.then(({ err }) => end = err);
  for (;;) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (text.split("\n").length > wanted) return text;
    assertEquals(end, undefined, `It ended before line ${wanted}: ${end}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
