/**
 * `deno task evaluate --strings`: how many numbers on made paper are read
 * right, and what makes them hard.
 *
 * The numbers are written with digits that no training has seen: test digits,
 * or, to tune the reader by, validation digits.
 *
 * @module
 */

import { makeFolder, writeWhole } from "../files/mod.ts";
import { bar } from "../format/bar.ts";
import { duration, percent, thousands } from "../format/numbers.ts";
import { encodePng } from "../image/mod.ts";
import { loadMnist } from "../mnist/mod.ts";
import {
  drawOverlay,
  type Reading,
  scoreString,
  type StringScore,
} from "../read/mod.ts";
import { DIFFICULTIES, makeString, type StringPicture } from "../synth/mod.ts";
import { loadClassifier } from "./load_classifier.ts";
import { type ImageReader, imageReader } from "./picture_reader.ts";
import type { Output } from "./run_task.ts";
import { dataPath, userPath } from "./user_path.ts";

/** How the task was typed. */
export interface StringOptions {
  model: string | undefined;
  data: string;
  /** Which numbers are made. */
  seed: number;
  /** How many; 1,000 where undefined. */
  count: number | undefined;
  /** "test" or "validation"; test where undefined. */
  digits: string | undefined;
  /** Folder for all pictures. */
  save: string | undefined;
  /** Folder for those that were not read right. */
  failures: string | undefined;
  each: boolean;
  json: boolean;
}

/** What became of one number. */
interface StringResult extends StringScore {
  /** Of the picture, where it is written. */
  file: string;
  expected: string;
  /** As read, rows joined by "\n". */
  text: string;
  difficulties: string[];
  /** Reading it, without making it. */
  seconds: number;
}

/** A row of the table. */
interface Group {
  strings: number;
  right: number;
  rightShare: number;
  /** Not right, and a `?` says so. */
  rejected: number;
  /** Not right, and nothing says so. */
  wrong: number;
  /** Errors a digit. */
  digitErrorRate: number;
}

/** Groups of like lengths, in digits. */
const LENGTHS = [[2, 3], [4, 5], [6, 8]] as const;

/**
 * Makes, reads and scores the numbers.
 *
 * @throws As `loadMnist()` and `loadModel()` do, and an error of `Deno.errors`
 *   where a folder cannot be written.
 */
export async function evaluateStrings(
  options: StringOptions,
  output: Output,
): Promise<number> {
  const { seed, count = 1000, digits: split = "test" } = options;
  const mnist = await loadMnist(dataPath(options.data));
  const digits = split === "validation" ? mnist.validation : mnist.test;
  const read = imageReader(await loadClassifier(options.model));
  const save = await pictureFolder(options.save, "labels.tsv", [
    "file",
    "lines",
    "tags",
  ]);
  const keep = await pictureFolder(options.failures, "failures.tsv", [
    "file",
    "expected",
    "read",
    "tags",
  ]);
  const results: StringResult[] = [];
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    const made = await makeString(digits, seed, index);
    const file = `${index}`.padStart(4, "0") + ".png";
    const { reading, result } = await readString(made, file, read);
    results.push(result);
    const tags = made.difficulties.join(",");
    await save?.add(made.picture, [file, made.text, tags]);
    if (result.outcome !== "right") {
      const drawn = drawOverlay(made.picture, reading.lines);
      await keep?.add(drawn, [file, made.text, oneLine(reading.text), tags]);
    }
    if (output.isTerminal) {
      const seconds = (performance.now() - start) / 1000;
      output.redraw(progressLine(results.length, count, seconds));
    }
    if (options.each && !options.json) {
      if (output.isTerminal) output.redraw("");
      output.print(resultLine(result));
    }
  }
  if (output.isTerminal) output.redraw("");
  await save?.end();
  await keep?.end();

  const groups = groupResults(results);
  const seconds = secondsAString(results);
  const from = { source: mnist.source, digits: split, seed };
  if (options.json) {
    const strings = options.each ? { each: results } : {};
    output.print(JSON.stringify({ ...from, groups, seconds, ...strings }));
    return 0;
  }
  output.print(
    `${thousands(count)} numbers of seed ${seed}, written with ${
      thousands(digits.labels.length)
    } ${split} digits${
      mnist.source === "sample" ? " of the bundled sample" : " of MNIST"
    }`,
  );
  output.print("");
  for (const line of tableLines(groups)) output.print(line);
  output.print("");
  output.print(
    `Seconds a picture: ${seconds.median.toFixed(2)} (median), ${
      seconds.maximum.toFixed(2)
    } (most)`,
  );
  return 0;
}

async function readString(
  { picture, text: expected, difficulties }: StringPicture,
  file: string,
  read: ImageReader,
): Promise<{ reading: Reading; result: StringResult }> {
  const start = performance.now();
  const { reading } = await read(picture);
  const seconds = (performance.now() - start) / 1000;
  const { text } = reading;
  const score = scoreString(expected, text);
  const result = { file, expected, text, difficulties, ...score, seconds };
  return { reading, result };
}

/** Makes a folder for pictures and a table that says what is on them. */
async function pictureFolder(
  folder: string | undefined,
  table: string,
  columns: string[],
) {
  if (folder === undefined) return undefined;
  const path = userPath(folder);
  await makeFolder(path);
  const rows = [columns];
  return {
    add: async (picture: StringPicture["picture"], row: string[]) => {
      rows.push(row);
      await writeWhole(`${path}/${row[0]}`, await encodePng(picture));
    },
    end: () =>
      writeWhole(
        `${path}/${table}`,
        rows.map((row) => row.join("\t") + "\n").join(""),
      ),
  };
}

/** The rows of the table by their names; those that are empty are left out. */
function groupResults(results: StringResult[]): Record<string, Group> {
  const group = (name: string, isIn: (result: StringResult) => boolean) => {
    const chosen = results.filter(isIn);
    return chosen.length === 0 ? [] : [[name, sumUp(chosen)] as const];
  };
  return Object.fromEntries([
    ...group("all", () => true),
    ...group("not touching", (r) => !r.difficulties.includes("touching")),
    ...DIFFICULTIES.flatMap((name) =>
      group(name, ({ difficulties }) => difficulties.includes(name))
    ),
    ...group("none of these", ({ difficulties }) => difficulties.length === 0),
    ...LENGTHS.flatMap(([least, most]) =>
      group(
        `${least} to ${most} digits`,
        ({ digits }) => digits >= least && digits <= most,
      )
    ),
  ]);
}

function sumUp(results: StringResult[]): Group {
  const count = (outcome: StringResult["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length;
  const total = (name: "errors" | "digits") =>
    results.reduce((sum, result) => sum + result[name], 0);
  return {
    strings: results.length,
    right: count("right"),
    rightShare: count("right") / results.length,
    rejected: count("rejected"),
    wrong: count("wrong"),
    digitErrorRate: total("errors") / total("digits"),
  };
}

function tableLines(groups: Record<string, Group>): string[] {
  const rows = [
    ["", "strings", "right", "right", "with ?", "wrong", "digit errors"],
    ...Object.entries(groups).map(([name, group]) => [
      name,
      thousands(group.strings),
      thousands(group.right),
      percent(group.rightShare, 1),
      thousands(group.rejected),
      thousands(group.wrong),
      percent(group.digitErrorRate, 1),
    ]),
  ];
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length))
  );
  return rows.map(([name, ...cells]) =>
    [
      name!.padEnd(widths[0]!),
      ...cells.map((cell, i) => cell.padStart(widths[i + 1]!)),
    ].join("  ")
  );
}

/** As in `wrong  0012.png  1234 read as 1284  blur, touching`. */
function resultLine(result: StringResult): string {
  const { outcome, file, expected, text, difficulties } = result;
  const found = outcome === "right"
    ? expected
    : `${expected} read as ${oneLine(text) || "nothing"}`;
  return [outcome.padEnd(8), file, found, difficulties.join(", ")]
    .join("  ").trimEnd();
}

function oneLine(text: string): string {
  return text.replaceAll("\n", "|");
}

function progressLine(done: number, count: number, seconds: number): string {
  const left = seconds / done * (count - done);
  return [
    `Number ${thousands(done)} of ${thousands(count)} ${bar(done / count)}`,
    `${duration(left)} left`,
  ].join(" · ");
}

function secondsAString(results: StringResult[]) {
  const times = results.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return { median: times[times.length >> 1]!, maximum: times.at(-1)! };
}
