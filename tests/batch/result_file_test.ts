import { assertEquals, assertRejects } from "@std/assert";
import {
  type LineFormat,
  openResultFile,
  type Picture,
  resultLine,
  type RunSettings,
} from "@lib/batch/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: [TMP], write: [TMP] };
const SETTINGS: RunSettings = { format: "json", "--length": null };
const READING = { text: "7", confidence: 0.5, turned: 0 as const, lines: [] };

function pictures(count: number): Picture[] {
  return Array.from({ length: count }, (_, i) => ({
    index: i + 1,
    image: `ä ${i + 1}.png`,
    path: `/${i + 1}.png`,
  }));
}

function lineOf(format: LineFormat, picture: Picture): string {
  // Every third one cannot be read.
  const outcome = picture.index % 3 === 0 ? { error: "No, it, is" } : READING;
  return `${resultLine(format, picture, outcome)}\n`;
}

async function* each(list: Picture[]): AsyncGenerator<Picture> {
  yield* list;
}

/** Goes on with a file to its end. */
async function run(path: string, format: LineFormat, list: Picture[]) {
  const file = await openResultFile(path, format, { ...SETTINGS, format });
  try {
    const left = each(list);
    const done = await file.skipDone(left);
    for await (const picture of left) await file.write(lineOf(format, picture));
    return done;
  } finally {
    file.close();
  }
}

for (const format of ["json", "csv"] as const) {
  testThatNeeds(
    NEEDS,
    `openResultFile() goes on with ${format} that was cut anywhere`,
    () =>
      withTempFolder(async (folder) => {
        const path = `${folder}/out`;
        const list = pictures(7);
        assertEquals(await run(path, format, list), { lines: 0, errors: 0 });
        const whole = await Deno.readFile(path);
        const text = new TextDecoder().decode(whole);
        const first = format === "csv"
          ? "index,image,text,confidence,turned,error\n"
          : "";
        assertEquals(
          text,
          first + list.map((picture) => lineOf(format, picture)).join(""),
        );
        assertEquals(await run(path, format, list), { lines: 7, errors: 2 });
        for (let length = 0; length < whole.length; length += 5) {
          await Deno.truncate(path, length);
          const { lines } = await run(path, format, list);
          const before = new TextDecoder().decode(whole.subarray(0, length))
            .slice(first.length).split("\n").length - 1;
          assertEquals(lines, Math.max(0, before));
          assertEquals(await Deno.readFile(path), whole);
        }
      }),
  );
}

testThatNeeds(
  NEEDS,
  "openResultFile() goes on with more lines than it reads at once",
  () =>
    withTempFolder(async (folder) => {
      const list = pictures(5000);
      await run(`${folder}/out`, "json", list);
      const whole = await Deno.readFile(`${folder}/out`);
      await Deno.truncate(`${folder}/out`, 200_000);
      const { lines } = await run(`${folder}/out`, "json", list);
      assertEquals(lines > 2000, true);
      assertEquals(await Deno.readFile(`${folder}/out`), whole);
    }),
);

testThatNeeds(
  NEEDS,
  "openResultFile() lets one process at a time write",
  () =>
    withTempFolder(async (folder) => {
      const path = `${folder}/out`;
      const file = await openResultFile(path, "json", SETTINGS);
      await assertRejects(
        () => openResultFile(path, "json", SETTINGS),
        Deno.errors.Busy,
        `Cannot write results to ${path} as one process at a time may: another one is writing there`,
      );
      file.close();
      (await openResultFile(path, "json", SETTINGS)).close();
    }),
);

testThatNeeds(
  NEEDS,
  "openResultFile() says which setting is another one, and changes nothing",
  () =>
    withTempFolder(async (folder) => {
      const path = `${folder}/out`;
      await run(path, "json", pictures(2));
      const [before, record] = [
        await Deno.readTextFile(path),
        await Deno.readTextFile(`${path}.run.json`),
      ];
      await assertRejects(
        () => openResultFile(path, "json", { ...SETTINGS, "--length": 4 }),
        RangeError,
        `Cannot go on with ${path} as --length must be what it was begun with, not given: now it is 4; name another file, or delete this one to start over`,
      );
      await assertRejects(
        () => openResultFile(path, "csv", { ...SETTINGS, format: "csv" }),
        RangeError,
        `as format must be what it was begun with, json: now it is csv`,
      );
      assertEquals(await Deno.readTextFile(path), before);
      assertEquals(await Deno.readTextFile(`${path}.run.json`), record);
      // Begun, and killed before its first line: nothing is lost by a change.
      await Deno.truncate(path, 0);
      (await openResultFile(path, "json", { "--length": 4 })).close();
    }),
);

testThatNeeds(
  NEEDS,
  "ResultFile.skipDone() says which picture is another one, and changes nothing",
  () =>
    withTempFolder(async (folder) => {
      const path = `${folder}/out`;
      await run(path, "json", pictures(3));
      await Deno.writeTextFile(path, '{"index":4,"ima', { append: true });
      const before = await Deno.readTextFile(path);
      const renamed = pictures(3);
      renamed[1]!.image = "b.png";
      await assertRejects(
        () => run(path, "json", renamed),
        RangeError,
        `Cannot go on with ${path} as its pictures must be the same as before, and line 2 begin with "{\\"index\\":2,\\"image\\":\\"b.png\\",": it is "{\\"index\\":2,\\"image\\":\\"ä 2.png\\",`,
      );
      await assertRejects(
        () => run(path, "json", pictures(2)),
        RangeError,
        'and line 3 begin with "no line": it is ',
      );
      assertEquals(await Deno.readTextFile(path), before);
    }),
);

testThatNeeds(
  NEEDS,
  "openResultFile() keeps its hands off a file of another kind",
  () =>
    withTempFolder(async (folder) => {
      const path = `${folder}/letter.txt`;
      await Deno.writeTextFile(path, "Dear Sir");
      await assertRejects(
        () => openResultFile(path, "json", SETTINGS),
        RangeError,
        `Cannot write results to ${path} as it must be new, or have ${path}.run.json that says how it was begun: it holds something and there is no such record`,
      );
      assertEquals(await Deno.readTextFile(path), "Dear Sir");
      await assertRejects(
        () => openResultFile(`${folder}/none/out`, "json", SETTINGS),
        Deno.errors.NotFound,
        `Cannot write results to ${folder}/none/out as its folder must be there and writable: No such file or directory`,
      );
    }),
);
