/**
 * `deno task evaluate --pictures DIR`: how many pictures are read right.
 *
 * @module
 */

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
import { createPictureReader } from "./picture_reader.ts";
import { errorMessage, type Output } from "./run_task.ts";
import { userPath } from "./user_path.ts";

/** How the task was typed. */
export interface PictureOptions {
  model: string | undefined;
  "max-megapixels": number;
  each: boolean;
  json: boolean;
}

/** Far more than the labels of any folder. */
const MOST_LABEL_BYTES = 100e6;

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
  options: PictureOptions,
  output: Output,
): Promise<number> {
  const labels = parseLabels(await readLabels(folder));
  const read = await createPictureReader(options.model, {
    megapixels: options["max-megapixels"],
  });
  const results: PictureResult[] = [];
  for (const label of labels) {
    const start = performance.now();
    const outcome = await read(`${folder}/${label.file}`).then(
      ({ reading }) => ({ text: reading.text }),
      (error) => ({ text: "", error: errorMessage(error) }),
    );
    const result: PictureResult = {
      file: label.file,
      expected: label.rows.join("\n"),
      ...outcome,
      ...scorePicture(label, outcome.text),
      seconds: (performance.now() - start) / 1000,
    };
    results.push(result);
    if (options.json) continue;
    if (options.each) output.print(resultLine(result));
    else if (result.error) output.warn(`Error: ${label.file}: ${result.error}`);
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
