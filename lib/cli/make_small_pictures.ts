/**
 * `deno task bench:folder`, its first half: makes the pictures, unless they are
 * there. It is a process of its own, so that the other half's memory is that of
 * reading alone.
 *
 * @module
 */

import { makeFolder, writeWhole } from "../files/mod.ts";
import { encodePng, type RgbImage } from "../image/mod.ts";
import { type Digits, loadSample } from "../mnist/mod.ts";
import { createRandom } from "../random/mod.ts";
import { paintPage, writeRows } from "../synth/mod.ts";
import { projectPath } from "./user_path.ts";

/** Where they lie, in folders of a thousand. */
export const SMALL_PICTURES = "data/runs/bench-folder";
/** How many there are. */
export const SMALL_COUNT = 10_000;

const SEED = 7;
/** Pictures in a folder. */
const FOLDER = 1000;
const WIDTH = 160;
const HEIGHT = 64;

/** Makes those that are not there; the same bytes each time. */
export async function makeSmallPictures(
  folder: string,
  count: number,
): Promise<void> {
  const digits = await loadSample();
  for (let index = 0; index < count; index++) {
    const name = `${index}`.padStart(5, "0");
    const inside = `${folder}/${name.slice(0, -3)}`;
    if (index % FOLDER === 0) await makeFolder(inside);
    const path = `${inside}/${name}.png`;
    if (await Deno.stat(path).catch(() => null)) continue;
    await writeWhole(path, await encodePng(smallPicture(digits, index)));
  }
}

/** A number of 2 to 4 digits on a piece of paper. */
export function smallPicture(digits: Digits, index: number): RgbImage {
  const random = createRandom(SEED, `small ${index}`);
  const length = 2 + Math.floor(3 * random.next());
  const number = Array.from(
    { length },
    () => Math.floor(10 * random.next()),
  ).join("");
  const text = {
    ...{ width: WIDTH, height: HEIGHT, rows: [number], digitHeight: 36 },
    ...{ rowPitch: 0, tilt: 0.02 * (random.next() - 0.5) },
  };
  const look = {
    ...{ paper: [240, 238, 230], ink: [40, 44, 70] } as const,
    ...{ shade: 0.1, vignette: 0.05, shadow: 0, specks: 0 },
    ...{ blur: 0.5, grain: 2 },
  };
  return paintPage(text, writeRows(text, digits, random), look, random);
}

if (import.meta.main) {
  await makeSmallPictures(projectPath(SMALL_PICTURES), SMALL_COUNT);
}
