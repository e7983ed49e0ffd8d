/** A small MNIST in a folder, of digits from the bundled sample. @module */

import { type Digits, holdOut, loadSample } from "@lib/mnist/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { idx } from "../mnist/idx_bytes.ts";

/** Writes the four IDX files with so many digits, all classes alike. */
export async function writeSampleIdx(
  folder: string,
  train: number,
  test: number,
): Promise<void> {
  const random = createRandom(1);
  const { kept, heldOut } = holdOut(await loadSample(), test, random);
  await write(folder, "t10k", heldOut);
  await write(folder, "train", holdOut(kept, train, random).heldOut);
}

async function write(
  folder: string,
  prefix: string,
  { images, labels }: Digits,
) {
  const count = labels.length;
  await Deno.writeFile(
    `${folder}/${prefix}-images-idx3-ubyte`,
    idx(2051, [count, 28, 28], images),
  );
  await Deno.writeFile(
    `${folder}/${prefix}-labels-idx1-ubyte`,
    idx(2049, [count], labels),
  );
}
