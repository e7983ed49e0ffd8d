/**
 * Damaged files by seed and number, and the parts of the project that take them.
 *
 * @module
 */

import { loadClassifier } from "@lib/cli/load_classifier.ts";
import { imageReader } from "@lib/cli/picture_reader.ts";
import { decodePicture } from "@lib/image/mod.ts";
import {
  createDigits,
  gunzip,
  parseIdxImages,
  parseIdxLabels,
} from "@lib/mnist/mod.ts";
import { loadModel, predict } from "@lib/model/mod.ts";
import { createRandom, type Random } from "@lib/random/mod.ts";
import { parseLabels } from "@lib/read/mod.ts";
import { gzip, smallMnist } from "../mnist/idx_bytes.ts";
import { damage, damagePng } from "./_damage.ts";
import { startFiles } from "./_start_files.ts";

/** Takes a damaged file; what it gives back does not count. */
type Taker = (random: Random) => Promise<unknown>;

/** What is tried. */
export interface Cases {
  /** What a case damages, in a word. */
  nameOf(seed: number, index: number): string;
  /** Damages it and has it read. */
  run(seed: number, index: number): Promise<unknown>;
  /** Has the project's reader take a picture. */
  readPicture(bytes: Uint8Array): Promise<unknown>;
}

/**
 * @param scratch A folder for model files.
 */
export async function createCases(scratch: string): Promise<Cases> {
  const readImage = imageReader(await loadClassifier(undefined));
  const readPicture = async (bytes: Uint8Array) =>
    await readImage(await decodePicture(bytes));
  const pictures: [string, Taker][] = (await startFiles()).map((
    [name, file],
  ) => [name, (random) => {
    const isPng = name.endsWith(".png") && random.next() < 0.7;
    return readPicture((isPng ? damagePng : damage)(file, random));
  }]);
  const others = Object.entries(await otherTakers(scratch));

  // Of six cases five are pictures, each kind in turn.
  const taker = (index: number): [string, Taker] =>
    index % 6 < 5
      ? pictures[(index - Math.floor(index / 6)) % pictures.length]!
      : others[Math.floor(index / 6) % others.length]!;
  return {
    nameOf: (_, index) => taker(index)[0],
    run: (seed, index) =>
      taker(index)[1](createRandom(seed, `hostile ${index}`)),
    readPicture,
  };
}

async function otherTakers(scratch: string): Promise<Record<string, Taker>> {
  const mnist = smallMnist(30, 5);
  const images = mnist.get("t10k-images-idx3-ubyte")!;
  const labels = mnist.get("t10k-labels-idx1-ubyte")!;
  const packed = await gzip(images);
  const bomb = await gzip(new Uint8Array(300_000_000));
  const model = await Deno.readFile("data/model/model.json");
  const weights = await Deno.readFile("data/model/weights.bin");
  const table = await Deno.readFile("data/samples/labels.tsv");

  return {
    // deno-lint-ignore require-await -- a throw must reject
    idx: async (random) => {
      const either = random.next() < 0.5;
      return createDigits(
        parseIdxImages(either ? damage(images, random) : images),
        parseIdxLabels(either ? labels : damage(labels, random)),
      );
    },
    gzip: async (random) => {
      const file = random.next() < 0.1 ? bomb : packed;
      const bytes = damage(file, random) as Uint8Array<ArrayBuffer>;
      return parseIdxImages(await gunzip(bytes));
    },
    model: async (random) => {
      const json = random.next() < 0.3
        ? damage(model, random)
        : new TextEncoder().encode(
          JSON.stringify(changed(JSON.parse(decode(model)), random)),
        );
      const isWhole = random.next() < 0.5;
      await Deno.writeFile(`${scratch}/model.json`, json);
      await Deno.writeFile(
        `${scratch}/weights.bin`,
        isWhole ? weights : damage(weights, random),
      );
      const loaded = await loadModel(scratch);
      try {
        return predict(loaded, new Float32Array(784).fill(0.5));
      } finally {
        loaded.dispose();
      }
    },
    // deno-lint-ignore require-await -- a throw must reject
    labels: async (random) => parseLabels(decode(damage(table, random))),
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Values that no one expects at a place of a JSON. */
const VALUES = [
  ...[null, true, "", "relu", "softmax", "same", "Dense", "__proto__", [], {}],
  ...[0, -1, 0.5, 1, 2, 3, 1000, 1e6, 1e9, 2 ** 53, [1e6, 1e6], [[[]]]],
];

/** The same JSON with some of its values replaced, left out or repeated. */
function changed(json: unknown, random: Random): unknown {
  for (let left = 1 + Math.floor(3 * random.next()); left > 0; left--) {
    let node = json as Record<string, unknown>;
    while (true) {
      const keys = Object.keys(node);
      if (keys.length === 0) break;
      const key = keys[Math.floor(random.next() * keys.length)]!;
      const child = node[key];
      const isInner = typeof child === "object" && child !== null;
      if (isInner && random.next() < 0.85) {
        node = child as Record<string, unknown>;
        continue;
      }
      const way = random.next();
      if (way < 0.7) {
        node[key] = VALUES[Math.floor(random.next() * VALUES.length)];
      } else if (way < 0.9) delete node[key];
      else if (Array.isArray(node)) node.push(child);
      break;
    }
  }
  return json;
}
