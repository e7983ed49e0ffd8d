import { assert, assertEquals, assertMatch } from "@std/assert";
import { benchFolder } from "@lib/cli/bench_folder.ts";
import { makeSmallPictures } from "@lib/cli/make_small_pictures.ts";
import { runTask, type Task } from "@lib/cli/run_task.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";

async function run(folder: string, count: number, ...args: string[]) {
  const output = capturedOutput();
  const task: Task = (args, output) =>
    benchFolder(args, output, { folder, count });
  const code = await runTask(task, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

testThatNeeds(
  { read: ["data", TMP], write: [TMP] },
  "benchFolder() measures one thread and several, on the same pictures each time",
  () =>
    withTempFolder(async (folder) => {
      const pictures = `${folder}/p`;
      await makeSmallPictures(pictures, 4);
      const third = `${pictures}/00/00002.png`;
      const bytes = await Deno.readFile(third);
      await Deno.remove(third);
      await makeSmallPictures(pictures, 4);
      assertEquals(await Deno.readFile(third), bytes);

      const args = ["--rounds", "1", "--workers", "2"];
      const { code, printed, warned } = await run(pictures, 4, ...args);
      assertEquals([code, warned], [0, []]);
      assertEquals(printed.length, 3);
      assertMatch(
        printed[1]!,
        /^2 threads: [\d.]+ \([\d.]+ to [\d.]+\) pictures\/s, at most [\d,]+ MB$/,
      );
      assertMatch(
        printed[2]!,
        /^2 threads to 1: [\d.]+ \([\d.]+ to [\d.]+\) times$/,
      );
      const json = JSON.parse(
        (await run(pictures, 4, ...args, "--json")).printed[0]!,
      );
      assertEquals([json.pictures, json.timings.length], [4, 2]);
      assert(json.speedup.median > 0);
      // Nothing is left but the pictures.
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
        "p",
      ]);
    }),
);
