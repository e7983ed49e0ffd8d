import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { recognize } from "@lib/cli/recognize.ts";
import { runTask } from "@lib/cli/run_task.ts";
import { decodePicture, encodePng } from "@lib/image/mod.ts";
import type { Reading } from "@lib/read/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";

const READS = { read: ["data"] };
const WRITES = { read: ["data", TMP], write: [TMP] };

const SAMPLE = "data/samples/5283.webp";
const ROWS = "data/samples/2049_371_58862_rows.jpg";
const EMPTY = "data/samples/no_digits.jpg";

async function run(...args: string[]) {
  const output = capturedOutput();
  const code = await runTask(recognize, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

testThatNeeds(READS, "recognize() prints the number of one row", async () => {
  assertEquals(await run(SAMPLE), {
    code: 0,
    printed: ["Predicted number: 5283"],
    warned: [],
  });
});

testThatNeeds(
  READS,
  "recognize() prints several rows under one heading",
  async () => {
    const { printed } = await run(ROWS);
    assertEquals(printed, ["Predicted numbers:\n2049\n371\n58862"]);
  },
);

testThatNeeds(READS, "recognize() says where there is no digit", async () => {
  assertEquals(await run(EMPTY), {
    code: 0,
    printed: [`No digits found in ${EMPTY}`],
    warned: [],
  });
});

testThatNeeds(
  READS,
  "recognize() names the pictures where there are several",
  async () => {
    const { printed } = await run(SAMPLE, EMPTY);
    assertEquals(printed, [
      `${SAMPLE}:`,
      "Predicted number: 5283",
      `${EMPTY}:`,
      `No digits found in ${EMPTY}`,
    ]);
  },
);

testThatNeeds(
  READS,
  "recognize() --json prints an object a picture and line",
  async () => {
    const { code, printed } = await run("--json", ROWS, EMPTY);
    assertEquals([code, printed.length], [0, 2]);
    const rows: Reading & { image: string } = JSON.parse(printed[0]!);
    assertEquals(Object.keys(rows), [
      ...["image", "text", "confidence", "turned", "lines"],
    ]);
    assertEquals([rows.image, rows.text], [ROWS, "2049\n371\n58862"]);
    assertEquals(rows.turned, 0);
    assertEquals(rows.lines.map(({ text }) => text), ["2049", "371", "58862"]);
    const { width, height } = await decodePicture(await Deno.readFile(ROWS));
    for (const { digits } of rows.lines) {
      for (const { digit, confidence, rejected, box } of digits) {
        assertEquals(rejected, false);
        assert(Number.isInteger(digit) && digit >= 0 && digit <= 9);
        assert(confidence > 0 && confidence <= 1);
        assertEquals(box.map(Math.round), box);
        const [x, y, boxWidth, boxHeight] = box;
        assert(x >= 0 && x + boxWidth <= width && boxWidth > 0);
        assert(y >= 0 && y + boxHeight <= height && boxHeight > 0);
      }
    }
    const empty = JSON.parse(printed[1]!);
    assertEquals([empty.text, empty.lines], ["", []]);
  },
);

testThatNeeds(
  READS,
  "recognize() --min-confidence says from where on a digit counts",
  async () => {
    for (const least of ["0", "1"]) {
      const { printed } = await run(
        ...["--json", "--min-confidence", least, SAMPLE],
      );
      const { text, lines } = JSON.parse(printed[0]!) as Reading;
      const { digits } = lines[0]!;
      assertEquals(digits.map(({ digit }) => digit), [5, 2, 8, 3]);
      const rejected = digits.map(({ confidence }) =>
        confidence < Number(least)
      );
      assertEquals(digits.map((digit) => digit.rejected), rejected);
      const shown = digits.map(({ digit }, i) => rejected[i] ? "?" : digit);
      assertEquals(text, shown.join(""));
      assertEquals(text.includes("?"), least === "1");
    }
    assertEquals(await run("--min-confidence", "2", SAMPLE), {
      code: 2,
      printed: [],
      warned: [
        "Error: Cannot run recognize as --min-confidence must be a number from 0 to 1: current value is 2",
      ],
    });
  },
);

testThatNeeds(
  READS,
  "recognize() --length says how many digits there are",
  async () => {
    for (const length of [4, 3]) {
      const { printed } = await run("--json", "--length", `${length}`, SAMPLE);
      const { lines } = JSON.parse(printed[0]!) as Reading;
      const digits = lines.flatMap((line) => line.digits);
      assertEquals(digits.length, length);
    }
    assertEquals((await run("--length", "0", SAMPLE)).warned, [
      "Error: Cannot run recognize as --length must be an integer from 1 to 10000: current value is 0",
    ]);
  },
);

testThatNeeds(
  WRITES,
  "recognize() tells formats by content and not by name",
  () =>
    withTempFolder(async (folder) => {
      await Deno.copyFile(SAMPLE, `${folder}/picture.png`);
      const { printed } = await run(`${folder}/picture.png`);
      assertEquals(printed, ["Predicted number: 5283"]);
    }),
);

testThatNeeds(
  WRITES,
  "recognize() --overlay draws on a copy of each picture",
  () =>
    withTempFolder(async (folder) => {
      await Deno.copyFile(SAMPLE, `${folder}/5283.webp`);
      const original = await Deno.readFile(`${folder}/5283.webp`);
      const { code } = await run(
        "--overlay",
        `${folder}/new/overlays`,
        SAMPLE,
        `${folder}/5283.webp`,
      );
      assertEquals(code, 0);
      assertEquals(
        [...Deno.readDirSync(`${folder}/new/overlays`)].map(({ name }) => name)
          .sort(),
        ["5283.webp-2.overlay.png", "5283.webp.overlay.png"],
      );
      const drawn = await decodePicture(
        await Deno.readFile(`${folder}/new/overlays/5283.webp.overlay.png`),
      );
      const plain = await decodePicture(original);
      assertEquals([drawn.width, drawn.height], [plain.width, plain.height]);
      assert(drawn.data.some((value, index) => value !== plain.data[index]));
      assertEquals(await Deno.readFile(`${folder}/5283.webp`), original);
    }),
);

testThatNeeds(
  WRITES,
  "recognize() says in a sentence what it cannot read, and goes on",
  () =>
    withTempFolder(async (folder) => {
      const webp = await Deno.readFile(SAMPLE);
      const jpeg = await Deno.readFile(ROWS);
      const png = await Deno.readFile("data/samples/3618_white_on_black.png");
      const noPixel = png.slice();
      noPixel.fill(0, 16, 20); // the width in IHDR
      const files: Record<string, Uint8Array> = {
        "empty.png": new Uint8Array(),
        "text.png": new TextEncoder().encode("Hello, world. This is a text."),
        "cut.webp": webp.subarray(0, webp.length / 2),
        "cut.jpg": jpeg.subarray(0, jpeg.length / 2),
        "cut.png": png.subarray(0, png.length / 2),
        "no_pixel.png": noPixel,
      };
      for (const [name, bytes] of Object.entries(files)) {
        await Deno.writeFile(`${folder}/${name}`, bytes);
      }
      const paths = ["missing.png", ...Object.keys(files)].map((name) =>
        `${folder}/${name}`
      );
      const { code, printed, warned } = await run(...paths, SAMPLE);
      assertEquals(code, 1);
      assertEquals(printed.at(-1), "Predicted number: 5283");
      const messages = [
        "Cannot read it as a picture must be a readable file: No such file or directory",
        "Cannot decode the file as a picture as it must be PNG, JPEG, WebP, TIFF or BMP: it is empty",
        "Cannot decode the file as a picture as it must be PNG, JPEG, WebP, TIFF or BMP: it begins with the text",
        "Cannot decode the WebP picture as its file must be whole and undamaged: ",
        "Cannot decode the JPEG picture as its file must be whole and undamaged: ",
        "Cannot decode the PNG picture as its file must be whole and undamaged: ",
        "Cannot decode the PNG picture as ",
      ];
      assertEquals(warned.length, messages.length);
      for (const [index, message] of messages.entries()) {
        assertStringIncludes(
          warned[index]!,
          `Error: ${paths[index]}: ${message}`,
        );
        assert(!warned[index]!.includes("\n"));
      }

      const json = await run("--json", ...paths, SAMPLE);
      assertEquals([json.code, json.warned], [1, []]);
      const objects = json.printed.map((line) => JSON.parse(line));
      for (const [index, message] of messages.entries()) {
        assertEquals(Object.keys(objects[index]), ["image", "error"]);
        assertEquals(objects[index].image, paths[index]);
        assertStringIncludes(objects[index].error, message);
      }
      assertEquals(objects.at(-1).text, "5283");
    }),
);

testThatNeeds(
  WRITES,
  "recognize() finds nothing on a picture of one pixel",
  () =>
    withTempFolder(async (folder) => {
      const data = Uint8Array.of(0, 0, 0);
      const png = await encodePng({ width: 1, height: 1, data });
      await Deno.writeFile(`${folder}/dot.png`, png);
      const { code, printed } = await run(`${folder}/dot.png`);
      assertEquals([code, printed], [0, [
        `No digits found in ${folder}/dot.png`,
      ]]);
    }),
);

testThatNeeds(
  WRITES,
  "recognize() says why it cannot write an overlay",
  () =>
    withTempFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/file`, "");
      const { code, printed, warned } = await run(
        "--overlay",
        `${folder}/file/x`,
        SAMPLE,
      );
      assertEquals([code, printed], [1, []]);
      assertMatch(
        warned[0]!,
        /^Error: Cannot make the folder .*file\/x as the one above it must be writable: /,
      );
    }),
);

testThatNeeds(
  READS,
  "recognize() rejects a model folder that is none",
  async () => {
    const { code, warned } = await run("--model", "data/samples", SAMPLE);
    assertEquals(code, 1);
    assertMatch(
      warned[0]!,
      /^Error: Cannot load the model in .*data\/samples as the folder must hold model.json and weights.bin: there is no model.json$/,
    );
  },
);

Deno.test("recognize() rejects a wrong command line with code 2", async () => {
  assertEquals(await run(), {
    code: 2,
    printed: [],
    warned: [
      "Error: Cannot run recognize as it takes at least one picture: there is none",
    ],
  });
  assertEquals((await run("--jsn", "a.png")).warned, [
    "Error: Cannot run recognize as --jsn is no option of it: it takes --json, --length, --min-confidence, --max-megapixels, --overlay, --explain, --model, --out, --csv, --shard, --workers, --deadline",
  ]);
});

Deno.test("recognize() --help shows its options", async () => {
  const { code, printed } = await run("--help");
  assertEquals(code, 0);
  assertStringIncludes(
    printed[0]!,
    "Usage: deno task recognize PICTURE|FOLDER…",
  );
});

testThatNeeds(
  WRITES,
  "recognize() --explain writes a page with all stages and digits",
  () =>
    withTempFolder(async (folder) => {
      const file = `${folder}/why.html`;
      const squared = "data/samples/6150_squared_paper.jpg";
      const { printed, warned } = await run("--explain", file, squared);
      assertEquals(printed, ["Predicted number: 6150"]);
      assertEquals(warned, []);
      const html = await Deno.readTextFile(file);
      const titles = [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) =>
        title
      );
      assertEquals(titles, [
        ...["Gray", "Background", "Ink", "Lines removed", "Mask"],
        ...["Candidates", "Reading", "Row 1"],
      ]);
      const digits = [...html.matchAll(/<b>(\d)<\/b>/g)].map(([, name]) =>
        name
      );
      assertEquals(digits.slice(0, 4), ["6", "1", "5", "0"]);
      assert(html.length < 5e6, `${html.length}`);
    }),
);

Deno.test("recognize() --explain takes one picture", async () => {
  const { code, warned } = await run("--explain", "a.html", SAMPLE, ROWS);
  assertEquals(code, 2);
  assertStringIncludes(
    warned.join("\n"),
    "Cannot run recognize as --explain takes one picture: there are 2",
  );
});
