/**
 * The file that the results of a batch are written to, a line a picture.
 *
 * A run that was killed can go on: what stands in the file is kept, but for a
 * last line that is not whole. Beside it, in `NAME.run.json`, stands what the
 * results were made with, so that a run with something else does not mix in.
 *
 * @module
 */

import { fileError, readLimited, writeWhole } from "../files/mod.ts";
import type { Picture } from "./picture.ts";
import {
  headerLine,
  isErrorLine,
  type LineFormat,
  lineStart,
} from "./result_line.ts";

/** All that the results depend on, by the names that a person knows. */
export type RunSettings = Record<string, string | number | null>;

/** What `NAME.run.json` holds. */
interface RunRecord {
  /** Names the run: a new one each time that a file is begun. */
  id: string;
  settings: RunSettings;
}

/** What a file holds already. */
export interface DoneLines {
  lines: number;
  /** Those of them that tell an error. */
  errors: number;
}

/** Bytes of `NAME.run.json`, which holds a hundred thousand names and more. */
const MOST_RECORD_BYTES = 100e6;

/** Bytes that are read at once when a run goes on. */
const CHUNK = 1 << 16;

/** All files that a run writes; the last of them only for a moment. */
export function resultFiles(path: string): [
  results: string,
  record: string,
  temporary: string,
] {
  return [path, `${path}.run.json`, `${path}.run.json.tmp`];
}

/** An open file, which no other process can open until it is closed. */
export class ResultFile {
  readonly #file: Deno.FsFile;
  readonly #path: string;
  readonly #format: LineFormat;
  /** As in `NAME.run.json`. */
  readonly id: string;

  constructor(
    file: Deno.FsFile,
    path: string,
    format: LineFormat,
    id: string,
  ) {
    this.#file = file;
    this.#path = path;
    this.#format = format;
    this.id = id;
  }

  /**
   * Passes over what the file holds, and cuts off a last line that is not
   * whole. It must be called once, before the first line is written.
   *
   * @param pictures Of the whole run: those that are done are taken out.
   * @throws {RangeError} If a line is not that of the picture in its place.
   */
  async skipDone(pictures: AsyncIterator<Picture>): Promise<DoneLines> {
    const header = headerLine(this.#format);
    const done = { lines: 0, errors: 0 };
    let kept = 0;
    for await (const line of wholeLines(this.#file)) {
      kept += line.byteLength;
      const text = new TextDecoder().decode(line).slice(0, -1);
      if (kept === line.byteLength && header) {
        if (`${text}\n` !== header) throw this.#mismatch(1, text, header);
        continue;
      }
      const next = await pictures.next();
      const picture: Picture | undefined = next.done ? undefined : next.value;
      const start = picture && lineStart(this.#format, picture);
      if (!start || !text.startsWith(start)) {
        const number = done.lines + (header ? 2 : 1);
        throw this.#mismatch(number, text, start);
      }
      done.lines++;
      if (isErrorLine(this.#format, picture!, text)) done.errors++;
    }
    const { size } = await this.#file.stat();
    if (size > kept) await this.#file.truncate(kept);
    await this.#file.seek(kept, Deno.SeekMode.Start);
    if (kept === 0) await this.write(header);
    return done;
  }

  /**
   * Writes whole lines behind the others.
   *
   * @throws An error of `Deno.errors` that names the file, if there is no room.
   */
  async write(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    try {
      for (let done = 0; done < bytes.length;) {
        done += await this.#file.write(bytes.subarray(done));
      }
    } catch (error) {
      throw fileError(
        `Cannot write more results to ${this.#path} as there must be room for them; those in it are kept, and the same command goes on behind them`,
        error,
      );
    }
  }

  /** Returns when all that was written will outlast a loss of power. */
  async sync(): Promise<void> {
    await this.#file.syncData();
  }

  close(): void {
    this.#file.close();
  }

  #mismatch(number: number, came: string, wanted = "no line"): RangeError {
    const shown = (text: string) => JSON.stringify(text.trim().slice(0, 80));
    return new RangeError(
      `Cannot go on with ${this.#path} as its pictures must be the same as before, and line ${number} begin with ${
        shown(wanted)
      }: it is ${shown(came)}; name another file, or delete this one`,
    );
  }
}

/**
 * Opens the file of a run, new or to go on.
 *
 * @param path In a folder that is there.
 * @param settings What the results depend on, besides the pictures' names.
 * @throws {Deno.errors.Busy} If another process has it open.
 * @throws {RangeError} If the file was begun with other settings, or was not
 *   begun as results.
 * @throws An error of `Deno.errors` that names the file, if it cannot be
 *   written.
 */
export async function openResultFile(
  path: string,
  format: LineFormat,
  settings: RunSettings,
): Promise<ResultFile> {
  const file = await open(path);
  try {
    if (!await file.tryLock(true)) {
      throw new Deno.errors.Busy(
        `Cannot write results to ${path} as one process at a time may: another one is writing there`,
      );
    }
    const { size, isFile } = await file.stat();
    if (!isFile) {
      throw new RangeError(
        `Cannot write results to ${path} as it must be a file that can be gone on with: it is a device or a pipe`,
      );
    }
    const [, recordPath, temporary] = resultFiles(path);
    let record: RunRecord;
    if (size === 0) {
      record = { id: crypto.randomUUID(), settings };
      const text = `${JSON.stringify(record, null, 2)}\n`;
      await writeWhole(recordPath, text, { temporary });
    } else {
      record = await readRecord(path, recordPath);
      checkSettings(path, record.settings, settings);
    }
    return new ResultFile(file, path, format, record.id);
  } catch (error) {
    file.close();
    throw error;
  }
}

async function open(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { read: true, write: true, create: true });
  } catch (error) {
    throw fileError(
      `Cannot write results to ${path} as its folder must be there and writable`,
      error,
    );
  }
}

async function readRecord(
  path: string,
  recordPath: string,
): Promise<RunRecord> {
  try {
    const bytes = await readLimited(recordPath, MOST_RECORD_BYTES);
    const record: RunRecord = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof record.id === "string" && typeof record.settings === "object") {
      return record;
    }
  } catch {
    // Said below.
  }
  throw new RangeError(
    `Cannot write results to ${path} as it must be new, or have ${recordPath} that says how it was begun: it holds something and there is no such record`,
  );
}

function checkSettings(path: string, begun: RunSettings, now: RunSettings) {
  for (const name of Object.keys({ ...begun, ...now })) {
    const [before, after] = [begun[name] ?? null, now[name] ?? null];
    if (before === after) continue;
    const shown = (value: RunSettings[string]) =>
      value === null ? "not given" : value;
    throw new RangeError(
      `Cannot go on with ${path} as ${name} must be what it was begun with, ${
        shown(before)
      }: now it is ${
        shown(after)
      }; name another file, or delete this one to start over`,
    );
  }
}

/** The lines that are whole, with their ends, from the start of the file. */
async function* wholeLines(file: Deno.FsFile): AsyncGenerator<Uint8Array> {
  const LINE_END = 10;
  let rest = new Uint8Array();
  const chunk = new Uint8Array(CHUNK);
  await file.seek(0, Deno.SeekMode.Start);
  for (;;) {
    const count = await file.read(chunk);
    if (count === null) return;
    const bytes = new Uint8Array(rest.length + count);
    bytes.set(rest);
    bytes.set(chunk.subarray(0, count), rest.length);
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_END, start) + 1;
      if (end === 0) break;
      yield bytes.subarray(start, end);
      start = end;
    }
    rest = bytes.slice(start);
  }
}
