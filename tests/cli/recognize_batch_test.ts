import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { recognize } from "@lib/cli/recognize.ts";
import { runTask } from "@lib/cli/run_task.ts";
import { smallPictures } from "../batch/small_pictures.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { startTask } from "../run_task_process.ts";
import { capturedOutput } from "./_captured_output.ts";

const WRITES = { read: ["data", "lib", TMP], write: [TMP] };

async function run(...args: string[]) {
  const output = capturedOutput();
  const code = await runTask(recognize, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

/** Makes a folder of pictures, of which the third is damaged. */
async function makePictures(folder: string, count: number) {
  const files = await smallPictures(10);
  await Deno.mkdir(`${folder}/deep`, { recursive: true });
  for (let i = 0; i < count; i++) {
    const bytes = files[i % files.length]!;
    await Deno.writeFile(
      `${folder}/${i % 2 ? "deep/" : ""}${100 + i}.png`,
      i === 2 ? bytes.subarray(0, 50) : bytes,
    );
  }
  await Deno.writeTextFile(`${folder}/labels.tsv`, "no picture");
}

testThatNeeds(
  WRITES,
  "recognize() FOLDER --out writes a line a picture, in order, and no second time",
  () =>
    withTempFolder(async (folder) => {
      await makePictures(`${folder}/p`, 6);
      const out = `${folder}/out.ndjson`;
      const args = ["--workers", "2", `${folder}/p`, "--out", out];
      const first = await run(...args);
      assertEquals(first.code, 1);
      assertMatch(
        first.printed.join("\n"),
        /^Read 6 pictures in 0:\d\d, [\d.]+ pictures\/s, 1 of 6 with an error: the results are in .*out.ndjson$/,
      );
      const text = await Deno.readTextFile(out);
      const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
      assertEquals(
        lines.map(({ index, image, text }) => [index, image, text]),
        [
          [1, `${folder}/p/100.png`, "0"],
          [2, `${folder}/p/102.png`, undefined],
          [3, `${folder}/p/104.png`, "4"],
          [4, `${folder}/p/deep/101.png`, "1"],
          [5, `${folder}/p/deep/103.png`, "3"],
          [6, `${folder}/p/deep/105.png`, "5"],
        ],
      );
      assertEquals(Object.keys(lines[0]), [
        ...["index", "image", "text", "confidence", "turned", "lines"],
      ]);
      assertEquals(Object.keys(lines[1]), ["index", "image", "error"]);
      assertStringIncludes(lines[1].error, "Cannot decode the PNG picture as ");

      const { mtime } = await Deno.stat(out);
      assertEquals(await run(...args), {
        code: 1,
        printed: [
          `There is nothing left to do: ${out} holds the results of 6 pictures, which is all`,
        ],
        warned: [],
      });
      assertEquals((await Deno.stat(out)).mtime, mtime);

      // A picture more, behind the others, is all that is read then.
      await Deno.copyFile(`${folder}/p/100.png`, `${folder}/p/z.png`);
      const more = await run(...args);
      assertStringIncludes(more.printed.join("\n"), "Read 1 picture in ");
      assert((await Deno.readTextFile(out)).startsWith(text));
      const other = await run(...args, "--length", "1");
      assertEquals([other.code, other.printed], [1, []]);
      assertMatch(
        other.warned.join("\n"),
        /^Error: Cannot go on with .*out.ndjson as --length must be what it was begun with, not given: now it is 1; name another file, or delete this one to start over$/,
      );
    }),
);

testThatNeeds(
  WRITES,
  "recognize() --shard I/N adds up to the results of one run, sorted by index",
  () =>
    withTempFolder(async (folder) => {
      await makePictures(`${folder}/p`, 8);
      for (const format of [[], ["--csv"]]) {
        const read = async (...args: string[]) => {
          const out = `${folder}/${crypto.randomUUID()}`;
          await run(`${folder}/p`, "--workers", "1", ...args, "--out", out);
          return (await Deno.readTextFile(out)).trimEnd().split("\n");
        };
        const whole = await read(...format);
        const shards = await Promise.all(
          [1, 2, 3].map((part) => read(...format, "--shard", `${part}/3`)),
        );
        const header = format.length;
        assertEquals(shards.map(({ length }) => length - header), [3, 3, 2]);
        // As `sort -u` does it, on the number behind the first colon or comma.
        const index = (line: string) => Number(/\d+/.exec(line)?.[0] ?? 0);
        const joined = [...new Set(shards.flat())]
          .sort((a, b) => index(a) - index(b));
        assertEquals(joined, whole);
      }
    }),
);

testThatNeeds(
  WRITES,
  "recognize() FOLDER prints what it reads where there is no --out",
  () =>
    withTempFolder(async (folder) => {
      await makePictures(`${folder}/p`, 3);
      const read = (...args: string[]) =>
        run(`${folder}/p`, "--workers", "1", ...args);
      const plain = await read();
      assertEquals(plain.printed, [
        `${folder}/p/100.png:\nPredicted number: 0`,
        `${folder}/p/deep/101.png:\nPredicted number: 1`,
      ]);
      assertEquals([plain.code, plain.warned.length], [1, 1]);
      assertStringIncludes(
        plain.warned[0]!,
        `Error: ${folder}/p/102.png: Cannot decode the PNG picture as `,
      );
      const json = await read("--json");
      assertEquals([json.printed.length, json.warned], [3, []]);
      assertEquals(JSON.parse(json.printed[2]!).text, "1");
      const csv = await read("--csv");
      assertEquals([csv.printed.length, csv.warned], [4, []]);
      assertMatch(csv.printed[3]!, /^3,.*101.png,1,0\.\d+,0,$/);
      const own = await run(
        "--csv",
        "--workers",
        "1",
        "data/samples/5283.webp",
      );
      assertMatch(
        own.printed[1]!,
        /^1,data\/samples\/5283.webp,5283,0\.\d+,0,$/,
      );
    }),
);

testThatNeeds(
  WRITES,
  "recognize() FOLDER decodes no picture of more than --max-megapixels",
  () =>
    withTempFolder(async (folder) => {
      await makePictures(`${folder}/p`, 1);
      const read = (megapixels: string) =>
        run(`${folder}/p`, "--max-megapixels", megapixels, "--workers", "1");
      assertEquals((await read("0.0016")).printed.length, 1);
      const { code, warned } = await read("0.001");
      assertEquals([code, warned], [1, [
        `Error: ${folder}/p/100.png: Cannot decode the PNG picture as it must have 1 to 0.001 million pixels: its size is 40×40`,
      ]]);
    }),
);

testThatNeeds(
  WRITES,
  "recognize() FOLDER --overlay draws each picture, those of one name too",
  () =>
    withTempFolder(async (folder) => {
      for (const name of ["a", "b"]) {
        await Deno.mkdir(`${folder}/p/${name}`, { recursive: true });
        await Deno.copyFile(
          "data/samples/94_small.bmp",
          `${folder}/p/${name}/94.bmp`,
        );
      }
      const { code } = await run(`${folder}/p`, "--overlay", `${folder}/o`);
      assertEquals(code, 0);
      assertEquals(
        [...Deno.readDirSync(`${folder}/o`)].map(({ name }) => name).sort(),
        ["1-94.bmp.overlay.png", "2-94.bmp.overlay.png"],
      );
    }),
);

testThatNeeds(
  WRITES,
  "recognize() says what it cannot make of folders and their options",
  () =>
    withTempFolder(async (folder) => {
      await Deno.mkdir(`${folder}/p`);
      const says = async (...args: string[]) => {
        const { code, printed, warned } = await run(`${folder}/p`, ...args);
        assertEquals([printed, warned.length], [[], 1]);
        return [code, warned[0]!.slice("Error: ".length)];
      };
      assertEquals(await says(), [
        1,
        `Cannot read any picture as ${folder}/p must hold files whose names end as those of PNG, JPEG, WebP, TIFF or BMP do: there is none`,
      ]);
      assertEquals(await says("--shard", "3/2"), [
        2,
        "Cannot take a shard as it must be i/n with i from 1 to n, such as 2/4: current shard is 3/2",
      ]);
      assertEquals(await says("--json", "--csv"), [
        2,
        "Cannot run recognize as --csv must come without --json: both are there",
      ]);
      assertEquals(await says("--explain", "a.html"), [
        2,
        "Cannot run recognize as --explain takes one picture: there is a folder, or an option for many",
      ]);
      const [code, message] = await says(
        "--model",
        `${folder}/p`,
        "--out",
        "x",
      );
      assertEquals(code, 1);
      assertMatch(
        `${message}`,
        /^Cannot load the model in .*\/p as the folder must hold model.json and weights.bin: No such file/,
      );
      const [, none] = await says("--out", `${folder}/none/out`);
      assertMatch(
        `${none}`,
        /^Cannot write results to .*none\/out as its folder must be there and writable: No such file/,
      );
    }),
);

testThatNeeds(
  { ...WRITES, run: true },
  "deno task recognize, killed at any time, ends with the results of one run",
  () =>
    withTempFolder(async (folder) => {
      await makePictures(`${folder}/p`, 60);
      const whole = `${folder}/whole`;
      await run(`${folder}/p`, "--workers", "2", "--out", whole);
      const out = `${folder}/out`;
      const start = () =>
        startTask("recognize", `${folder}/p`, "--workers", "2", "--out", out);
      const size = async () => (await Deno.stat(out).catch(() => null))?.size;
      let kills = 0;
      for (let lines = 8; lines < 60; lines += 16) {
        const task = start();
        const other = kills === 0 ? undefined : start();
        const enough = lines * (await Deno.stat(whole)).size / 60;
        let isRunning = true;
        task.ended.then(() => isRunning = false);
        while (isRunning && (await size() ?? 0) < enough) {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        await task.kill();
        await other?.kill();
        kills++;
        // As a loss of power leaves it.
        await Deno.writeTextFile(out, '{"index":', { append: true });
      }
      const { code, out: printed, err } = await start().ended;
      assertEquals([code, err.includes("Error: ")], [1, false]);
      assertMatch(printed, /^Read \d+ pictures in .*, 1 of 60 with an error/);
      assertEquals(
        await Deno.readTextFile(out),
        await Deno.readTextFile(whole),
      );
    }),
);

testThatNeeds(
  { ...WRITES, run: true },
  "deno task recognize --out lets one process at a time write",
  () =>
    withTempFolder(async (folder) => {
      await makePictures(`${folder}/p`, 40);
      const args = [`${folder}/p`, "--workers", "1", "--out", `${folder}/out`];
      const tasks = [1, 2, 3].map(() => startTask("recognize", ...args));
      const ends = await Promise.all(tasks.map(({ ended }) => ended));
      // On a slow machine the one at work tells there how far it is.
      const busy = ends.filter(({ err }) => err.includes("Error: "));
      assertEquals(busy.map(({ code }) => code), [1, 1]);
      for (const { err } of busy) {
        assertMatch(
          err,
          /^Error: Cannot write results to .*out as one process at a time may: another one is writing there\n$/,
        );
      }
      const text = await Deno.readTextFile(`${folder}/out`);
      assertEquals(text.split("\n").length, 41);
    }),
);
