/**
 * `deno task evaluate --pictures DIR`: how many pictures are read right.
 *
 * @module
 */

import type { PictureOptions } from "../batch/mod.ts";
import { fileError, readLimited } from "../files/mod.ts";
import { percent } from "../format/numbers.ts";
import {
  type GroupScore,
  parseLabels,
  type PictureScore,
  scorePicture,
  type ScoreSummary,
  summarizeScores,
} from "../read/mod.ts";
import { type Readers, startReaders } from "./readers.ts";
import type { Output } from "./run_task.ts";
import { userPath } from "./user_path.ts";

/** How the task was typed. */
export interface TypedOptions {
  model: string | undefined;
  "max-megapixels": number;
  each: boolean;
  json: boolean;
}

/** Far more than the labels of any folder. */
const MOST_LABEL_BYTES = 100e6;
/** Seconds after which a picture is given up. */
const DEADLINE = 300;

/** What became of one picture. */
interface PictureResult extends PictureScore {
  file: string;
  /** Rows as labeled. */
  expected: string;
  /** Rows as read; empty where the picture could not be read. */
  text: string;
  /** Decoding and reading it. */
  seconds: number;
  error?: string;
}

/**
 * @param folder Holds the pictures and `labels.tsv`; as typed.
 * @throws {SyntaxError} If `labels.tsv` does not parse.
 * @throws An error of `Deno.errors` if `labels.tsv` cannot be read.
 */
export async function evaluatePictures(
  folder: string,
  options: TypedOptions,
  output: Output,
): Promise<number> {
  const labels = parseLabels(await readLabels(folder));
  const results: PictureResult[] = [];
  const megapixels = options["max-megapixels"];
  const readers = await startReaders({
    model: options.model,
    megapixels,
    reads: [userPath(folder)],
    workers: navigator.hardwareConcurrency,
    deadline: DEADLINE,
  });
  try {
    const outcomes = labels.map(({ file }) =>
      read(readers, { megapixels }, folder, file)
    );
    // Heard when their turn comes, or not at all where one before them threw.
    for (const outcome of outcomes) outcome.catch(() => {});
    for (const [index, label] of labels.entries()) {
      const outcome = await outcomes[index]!;
      const result: PictureResult = {
        file: label.file,
        expected: label.rows.join("\n"),
        ...outcome,
        ...scorePicture(label, outcome.text),
      };
      results.push(result);
      if (options.json) continue;
      if (options.each) output.print(resultLine(result));
      else if (result.error) {
        output.warn(`Error: ${label.file}: ${result.error}`);
      }
    }
  } finally {
    readers.close();
  }
  const summary = summarizeScores(results);
  const seconds = secondsAPicture(results);
  if (options.json) {
    const pictures = options.each ? { each: results } : {};
    output.print(JSON.stringify({ ...summary, seconds, ...pictures }));
    return 0;
  }
  for (const line of summaryLines(summary)) output.print(line);
  output.print(
    `Seconds a picture: ${seconds.median.toFixed(2)} (median), ${
      seconds.maximum.toFixed(2)
    } (most)`,
  );
  return 0;
}

/** Has a picture read when its turn comes. */
async function read(
  readers: Readers,
  options: PictureOptions,
  folder: string,
  file: string,
): Promise<Pick<PictureResult, "text" | "error" | "seconds">> {
  const { line, error, seconds } = await readers.read({
    picture: { index: 1, image: file, path: userPath(`${folder}/${file}`) },
    options,
    format: "json",
  });
  return error === undefined
    ? { text: JSON.parse(line).text, seconds }
    : { text: "", error, seconds };
}

async function readLabels(folder: string): Promise<string> {
  const path = `${folder}/labels.tsv`;
  try {
    const bytes = await readLimited(userPath(path), MOST_LABEL_BYTES);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    throw fileError(
      `Cannot read ${path} as it must say what the pictures hold`,
      error,
    );
  }
}

/** As in `wrong  a.png  1234 read as 1284`. */
function resultLine(result: PictureResult): string {
  const oneLine = (rows: string) => rows.replaceAll("\n", "|") || "nothing";
  const word = result.right ? "right" : "wrong";
  const found = result.error ??
    (result.right
      ? oneLine(result.text)
      : `${oneLine(result.expected)} read as ${oneLine(result.text)}`);
  return `${word}  ${result.file}  ${found}`;
}

function summaryLines(summary: ScoreSummary): string[] {
  const share = (part: number, whole: number) =>
    `${percent(part / whole, 1)} (${part} of ${whole})`;
  const group = (name: string, score: GroupScore) =>
    score.pictures === 0
      ? []
      : [`${name}: ${share(score.right, score.pictures)}`];
  return [
    ...group("Pictures wholly right", summary),
    `Digit error rate: ${
      percent(summary.digitErrorRate, 1)
    } (${summary.digitErrors} errors in ${summary.digits} digits)`,
    ...summary.empty === 0 ? [] : [
      `Empty pictures kept empty: ${summary.emptyKept} of ${summary.empty}`,
    ],
    ...group("WebP copies wholly right", summary.webp),
    ...group("Lying on their side, wholly right", summary.rotated),
  ];
}

function secondsAPicture(
  results: PictureResult[],
): { median: number; maximum: number } {
  const times = results.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return {
    median: times[Math.floor(times.length / 2)] ?? 0,
    maximum: times.at(-1) ?? 0,
  };
}
