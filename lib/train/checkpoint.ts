/**
 * The bytes of a checkpoint: a run's choices and its state, in one file.
 *
 * Layout: `DIGITRUN`; the SHA-256 of all that follows, in hexadecimal; the length
 * of the header (u32, little-endian); the header, JSON in UTF-8; float32 values, likewise
 * little-endian: weights, first moments, second moments, and where the run
 * averages its weights their averages.
 *
 * @module
 */

import { sha256 } from "../files/mod.ts";
import { ARCHITECTURE_NAMES } from "../model/mod.ts";
import type { History } from "./history.ts";
import { type Recipe, RECIPES } from "./recipes.ts";
import type { OptimizerState, RunState } from "./run_state.ts";
import { SCHEDULES } from "./schedules.ts";

/** The most epochs that a run may have. */
export const MAX_EPOCHS = 1000;

/** The most digits in a step: with more, a convolution no longer fits. */
export const MAX_BATCH_SIZE = 2000;

/** All that decides what comes of a run, but the digits themselves. */
export interface RunChoices {
  recipe: Recipe;
  seed: number;
  /** Computes without fused multiply-add. */
  strict: boolean;
  /** Where the digits are, as `loadMnist()` takes it. */
  data: string;
}

/** What a run goes on from. */
export interface Checkpoint {
  choices: RunChoices;
  /** Of the digits, by `digitsHash()`. */
  digits: string;
  state: RunState;
}

/** What the header says of the choices and the state. */
interface Header extends Omit<Checkpoint, "state"> {
  version: number;
  state:
    & Omit<RunState, "weights" | "average" | "optimizer">
    & Pick<OptimizerState, "accBeta1" | "accBeta2">;
  /** How many values train. */
  trainable: number;
}

const MAGIC = new TextEncoder().encode("DIGITRUN");
const VERSION = 1;
/** Bytes before the header. */
const HASH_END = MAGIC.length + 64;
const START = HASH_END + 4;

/**
 * @throws {RangeError} If a weight or the loss is no finite number: a run that
 *   has diverged cannot be gone on with.
 */
export async function encodeCheckpoint(
  { choices, digits, state }: Checkpoint,
): Promise<Uint8Array<ArrayBuffer>> {
  const { weights, average, optimizer, ...position } = state;
  const { firstMoments, secondMoments, ...powers } = optimizer;
  const values = [weights, firstMoments, secondMoments];
  if (average) values.push(average);
  if (!Number.isFinite(state.loss) || !values.every(areFinite)) {
    throw new RangeError(
      "Cannot keep a checkpoint as the loss and all weights must be finite numbers: some are not, as where the learning rate is too high",
    );
  }
  const header: Header = {
    version: VERSION,
    choices,
    digits,
    state: { ...position, ...powers },
    trainable: firstMoments.length,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(START + json.length + 4 * lengthOf(values));
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(HASH_END, json.length, true);
  bytes.set(json, START);
  let end = START + json.length;
  for (const { buffer, byteOffset, byteLength } of values) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), end);
    end += byteLength;
  }
  const hash = await sha256(bytes.subarray(HASH_END));
  bytes.set(new TextEncoder().encode(hash), MAGIC.length);
  return bytes;
}

/**
 * @param tried How its errors begin, as in `Cannot go on from a.bin`.
 * @throws {SyntaxError} If the bytes are damaged, or if they say what cannot be.
 *   Whether the state is one of the network that is to be trained is for
 *   `startTeam()` to tell.
 */
export async function decodeCheckpoint(
  bytes: Uint8Array<ArrayBuffer>,
  tried: string,
): Promise<Checkpoint> {
  const wrong = (wanted: string, came: string) =>
    new SyntaxError(`${tried} as ${wanted}: ${came}`);
  if (bytes.length < START || MAGIC.some((byte, i) => byte !== bytes[i])) {
    const first = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
    throw wrong(
      "it must begin as checkpoints do",
      `it begins with ${JSON.stringify(first)} and has ${bytes.length} bytes`,
    );
  }
  const hash = new TextDecoder().decode(bytes.subarray(MAGIC.length, HASH_END));
  if (hash !== await sha256(bytes.subarray(HASH_END))) {
    throw wrong(
      "its bytes must be as they were written",
      "their SHA-256 is not the one in it",
    );
  }
  const length = new DataView(bytes.buffer).getUint32(HASH_END, true);
  const header = parseHeader(bytes.subarray(START, START + length));
  const fault = header === undefined
    ? "it is not that of this version"
    : findFault(header);
  if (!header || fault !== undefined) {
    throw wrong("its header must describe a run", fault!);
  }
  const { choices, digits, trainable, state } = header;
  const { accBeta1, accBeta2, ...position } = state;
  const all = state.shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  const lengths = [all, trainable, trainable];
  if (choices.recipe.averaging > 0) lengths.push(all);
  const wanted = START + length +
    4 * lengths.reduce((sum, length) => sum + length);
  if (bytes.length !== wanted) {
    throw wrong(
      `it must have ${wanted} bytes for weights of the shapes that it names`,
      `current length is ${bytes.length}`,
    );
  }
  let end = START + length;
  const values = lengths.map((length) =>
    new Float32Array(bytes.slice(end, end += 4 * length).buffer)
  );
  const [weights, firstMoments, secondMoments, average] = values;
  if (!values.every(areFinite) || secondMoments!.some((value) => value < 0)) {
    throw wrong(
      "its weights must be finite numbers, and means of squares not negative",
      "some are not",
    );
  }
  return {
    choices,
    digits,
    state: {
      ...position,
      weights: weights!,
      ...(average && { average }),
      optimizer: {
        firstMoments: firstMoments!,
        secondMoments: secondMoments!,
        accBeta1,
        accBeta2,
      },
    },
  };
}

function lengthOf(values: Float32Array[]): number {
  return values.reduce((sum, { length }) => sum + length, 0);
}

function sizeOf(shape: number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** A loop, as `every()` takes five times as long. */
function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return false;
  }
  return true;
}

/** Nothing where it is not JSON, or of another version of the project. */
function parseHeader(bytes: Uint8Array): Header | undefined {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes));
    return header.version === VERSION ? header : undefined;
  } catch {
    return undefined;
  }
}

/** What in a header cannot be; its parts may be anything. */
function findFault(header: Header): string | undefined {
  const { choices, digits, state, trainable } = header;
  const { recipe, seed, strict, data } = choices ?? {};
  const { epoch, total, done, loss, correct, seconds } = state ?? {};
  const { history, shapes, accBeta1, accBeta2 } = state ?? {};
  const { epochs, batchSize, architecture, schedule } = recipe ?? {};
  const checks: [name: string, value: unknown, isRight: () => boolean][] = [
    ["digits", digits, () => /^[0-9a-f]{64}$/.test(digits)],
    ["seed", seed, () => isCount(seed) && seed < 2 ** 32],
    ["strict", strict, () => typeof strict === "boolean"],
    ["data", data, () => typeof data === "string" && data !== ""],
    ["recipe", recipe, () => isRecipe(recipe)],
    [
      "architecture",
      architecture,
      () => ARCHITECTURE_NAMES.includes(architecture),
    ],
    ["schedule", schedule, () => Object.hasOwn(SCHEDULES, schedule)],
    ["epochs", epochs, () => isCount(epochs) && epochs <= MAX_EPOCHS],
    [
      "batchSize",
      batchSize,
      () => isCount(batchSize) && batchSize >= 1 && batchSize <= MAX_BATCH_SIZE,
    ],
    ["epoch", epoch, () => isCount(epoch) && epoch >= 1 && epoch <= epochs + 1],
    ["total", total, () => isCount(total) && total >= 1],
    [
      "done",
      done,
      () =>
        isCount(done) && done < total && done % batchSize === 0 &&
        (epoch <= epochs || done === 0),
    ],
    ["loss", loss, () => isAmount(loss)],
    ["correct", correct, () => isCount(correct) && correct <= done],
    ["seconds", seconds, () => isAmount(seconds)],
    ["history", history, () => isHistory(history, epoch - 1)],
    [
      "shapes",
      shapes,
      () =>
        Array.isArray(shapes) &&
        shapes.every((shape) =>
          Array.isArray(shape) && shape.every((length) => isCount(length))
        ),
    ],
    ["trainable", trainable, () => isCount(trainable)],
    ["accBeta1", accBeta1, () => isAmount(accBeta1)],
    ["accBeta2", accBeta2, () => isAmount(accBeta2)],
  ];
  const fault = checks.find(([_1, _2, isRight]) => !isRight());
  if (fault === undefined) return undefined;
  return `its ${fault[0]} is ${String(JSON.stringify(fault[1])).slice(0, 60)}`;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && Number(value) >= 0;
}

/** Whether all that a recipe has is there; more may be, of the same kinds. */
function isRecipe(recipe: unknown): recipe is Recipe {
  if (typeof recipe !== "object" || recipe === null) return false;
  const values = new Map<string, unknown>(Object.entries(recipe));
  return [...values.values()].every((value) =>
    typeof value === "number" ? isAmount(value) : typeof value !== "object"
  ) && Object.entries(RECIPES.standard)
    .every(([name, value]) => typeof values.get(name) === typeof value);
}

function isHistory(history: History, length: number): boolean {
  return history.length === length &&
    history.every((record, i) =>
      record?.epoch === i + 1 &&
      [
        record.trainLoss,
        record.trainAccuracy,
        record.valLoss,
        record.valAccuracy,
        record.imagesPerSecond,
      ].every(isAmount)
    );
}
