/**
 * What is known of a model from the files beside it.
 *
 * @module
 */

import { accuracyText } from "./train_report.ts";

/** Each is left out where it is not known. */
export interface TrainingRecord {
  /** Share of the test digits that are read right, in words. */
  accuracy?: string;
  /** What it has learned from, in words. */
  trainingData?: string;
  /** What its last layer was divided by. */
  temperature?: number;
}

/**
 * Reads `history.json`, as `train` leaves it, or else the table of `README.md`,
 * the card of the model that ships.
 *
 * @throws {SyntaxError} If it is there and does not say these things.
 */
export async function readTrainingRecord(
  folder: string,
): Promise<TrainingRecord> {
  const history = await readText(`${folder}/history.json`);
  if (history !== undefined) return parseHistory(history, folder);
  const card = await readText(`${folder}/README.md`);
  return card === undefined ? {} : parseCard(card, folder);
}

function parseHistory(text: string, folder: string): TrainingRecord {
  try {
    const { data, calibration, test } = JSON.parse(text);
    return checked({
      accuracy: accuracyText(test, test.source),
      trainingData: data,
      temperature: calibration.temperature,
    });
  } catch (error) {
    throw notSaid(`${folder}/history.json`, error);
  }
}

function parseCard(text: string, folder: string): TrainingRecord {
  const rows = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)) {
    rows.set(name!, value!);
  }
  try {
    return checked({
      accuracy: rows.get("Test accuracy")!,
      trainingData: rows.get("Data")!,
      temperature: Number.parseFloat(rows.get("Temperature")!),
    });
  } catch (error) {
    throw notSaid(`${folder}/README.md`, error);
  }
}

function checked(record: Required<TrainingRecord>): Required<TrainingRecord> {
  const { accuracy, trainingData, temperature } = record;
  const isWhole = typeof accuracy === "string" &&
    typeof trainingData === "string" && temperature > 0 &&
    Number.isFinite(temperature);
  if (!isWhole) throw new TypeError("one of them is missing");
  return record;
}

function notSaid(path: string, error: unknown): SyntaxError {
  return new SyntaxError(
    `Cannot read ${path} as it must give test accuracy, data and temperature: ${
      (error as Error).message
    }`,
  );
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
