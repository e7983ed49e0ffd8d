/**
 * Reads many pictures, and gives their lines in the order of the pictures.
 *
 * @module
 */

import type { Picture } from "./picture.ts";

/** What a picture came to. */
export interface PictureLine {
  line: string;
  /** What went wrong; undefined where it was read. */
  error: string | undefined;
}

/** Where lines go, and who hears of it. */
export interface BatchOptions {
  /** Reads one picture; many may be under way. */
  read(picture: Picture): Promise<PictureLine>;
  /** Takes lines, in order; called again when it has returned. */
  write(lines: PictureLine[]): Promise<void>;
  /** Pictures that are read or wait to be written at most. */
  ahead: number;
}

/**
 * Reads all pictures. Memory does not grow with their number: no more than
 * `ahead` are taken before the first of them has been written.
 *
 * @throws What `read` or `write` throws; no other line is written then.
 */
export async function runBatch(
  pictures: AsyncIterator<Picture>,
  { read, write, ahead }: BatchOptions,
): Promise<void> {
  const underWay: Entry[] = [];
  let isEnd = false;
  for (;;) {
    while (!isEnd && underWay.length < ahead) {
      const next = await pictures.next();
      if (next.done) isEnd = true;
      else underWay.push(new Entry(read(next.value)));
    }
    if (underWay.length === 0) return;
    await underWay[0]!.settled;
    const ready = underWay.findIndex(({ line }) => line === undefined);
    const entries = underWay.splice(0, ready < 0 ? underWay.length : ready);
    await write(entries.map(({ line }) => line!));
  }
}

/** A picture under way. */
class Entry {
  line: PictureLine | undefined;
  readonly settled: Promise<void>;

  constructor(promise: Promise<PictureLine>) {
    this.settled = promise.then((line) => {
      this.line = line;
    });
    // Heard when its turn comes, or not at all where another failed before.
    this.settled.catch(() => {});
  }
}
