/**
 * Fetches a file of MNIST from its public mirrors.
 *
 * A file is held in memory, unpacked and checked before any of it is written,
 * and then written under a temporary name and renamed: what stands under the
 * final name is whole, whatever interrupts the download, and two processes that
 * fetch the same file do not disturb each other.
 *
 * @module
 */

import { makeFolder, sha256, writeWhole } from "../files/mod.ts";
import { gunzip } from "./gunzip.ts";
import type { MnistFile } from "./mnist_files.ts";

/** Where MNIST is published, in the order in which they are asked. */
export const MIRRORS: readonly string[] = [
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
];

/**
 * How long a mirror may take to begin its answer, in ms. Both together, and the
 * start of a program, stay under 5 s, also on a network that drops packets
 * without a word.
 */
export const ANSWER_MS = 1750;

/** How long an answer may stand still once it has begun, in ms. */
export const STALL_MS = 10_000;

/** Bytes that an answer may have: ten times those of the largest file. */
const MOST_BYTES = 100e6;

/** How far a download is. */
export interface DownloadProgress {
  /** Name of the file, with `.gz`. */
  file: string;
  /** Bytes so far. */
  received: number;
  /** Bytes in all, undefined where the mirror does not say. */
  total: number | undefined;
}

/** What a download can be told. */
export interface DownloadOptions {
  /** In place of the global `fetch`. */
  fetch?: typeof fetch;
  /** Called for each piece that arrives. */
  onProgress?: (progress: DownloadProgress) => void;
  /** In place of `ANSWER_MS`. */
  answerMs?: number;
  /** In place of `STALL_MS`. */
  stallMs?: number;
}

/** A file that is the wanted one. */
interface Download {
  /** As it came. */
  body: Uint8Array<ArrayBuffer>;
  /** Uncompressed: the same array where it came so. */
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Fetches a file, checks it, and puts it into `folder`, which is made if need
 * be.
 *
 * @returns Its uncompressed bytes.
 * @throws {Deno.errors.Http} If no mirror gives the file. The error's cause is
 *   what came instead, in a few words for a sentence of one's own.
 * @throws An error of `Deno.errors` that names the file if it cannot be written.
 */
export async function downloadFile(
  file: MnistFile,
  folder: string,
  options: DownloadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const came: string[] = [];
  for (const mirror of MIRRORS) {
    const download = await tryMirror(mirror, file, options);
    if (typeof download !== "string") {
      await store(download, folder, file.name);
      return download.bytes;
    }
    came.push(download);
  }
  const cause = came.every((words) => words === came[0])
    ? `both mirrors: ${came[0]}`
    : came.map((words, i) => `${new URL(MIRRORS[i]!).host}: ${words}`)
      .join(", ");
  throw new Deno.errors.Http(
    `Cannot download ${file.name}.gz as its SHA-256, uncompressed, must be ${file.sha256}: ${cause}`,
    { cause },
  );
}

/** The file, or what came instead of it. */
async function tryMirror(
  mirror: string,
  file: MnistFile,
  options: DownloadOptions,
): Promise<Download | string> {
  const { answerMs = ANSWER_MS } = options;
  const controller = new AbortController();
  try {
    const url = `${mirror}${file.name}.gz`;
    const answer = (options.fetch ?? fetch)(url, { signal: controller.signal });
    const response = await within(answer, answerMs).catch(whyNoAnswer);
    if (!response) return `no answer within ${answerMs / 1000} s`;
    if (typeof response === "string") return response;
    if (!response.ok || !response.body) return `HTTP status ${response.status}`;

    const { body, headers } = response;
    const length = headers.get("content-length");
    // With an encoding that is not the length of what arrives here.
    const plain = length !== null && !headers.has("content-encoding");
    const total = plain ? Number(length) : undefined;
    const received = await receive(body, `${file.name}.gz`, total, options);
    return typeof received === "string" ? received : check(received, file);
  } finally {
    controller.abort(); // lets go of whatever is still under way
  }
}

/** The whole body, or what came instead of it. */
async function receive(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  file: string,
  total: number | undefined,
  { onProgress, stallMs = STALL_MS }: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer> | string> {
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  while (true) {
    const piece = await within(reader.read(), stallMs).catch(() => undefined);
    if (!piece) return `nothing more after ${received} bytes`;
    if (piece.done) return await new Blob(chunks).bytes();
    chunks.push(piece.value);
    received += piece.value.length;
    if (received > MOST_BYTES) return `more than ${MOST_BYTES / 1e6} MB`;
    onProgress?.({ file, received, total });
  }
}

/** What `promise` gives, or undefined if that takes longer than `ms`. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function whyNoAnswer(error: Error): string {
  if (error instanceof Deno.errors.NotCapable) {
    return "no permission for it (--allow-net)";
  }
  // "error sending request for url (…): client error (Connect): dns error: …":
  // the last part is the reason, the others say where it was met.
  const { message } = error.cause instanceof Error ? error.cause : error;
  return `no connection (${message.split(": ").at(-1)})`;
}

async function check(
  body: Uint8Array<ArrayBuffer>,
  file: MnistFile,
): Promise<Download | string> {
  const bytes = await gunzip(body).catch(() => undefined);
  if (!bytes) return `${body.length} bytes of damaged gzip`;
  const hash = await sha256(bytes);
  if (hash === file.sha256) return { body, bytes };
  const start = new TextDecoder().decode(bytes.subarray(0, 100)).trimStart();
  return start.startsWith("<")
    ? "an HTML page"
    : `${bytes.length} bytes with SHA-256 ${hash}`;
}

async function store(
  { body, bytes }: Download,
  folder: string,
  name: string,
): Promise<void> {
  // A server may have fetch() unpack what it sends: named for what it is.
  const path = `${folder}/${name}${body === bytes ? "" : ".gz"}`;
  await makeFolder(folder);
  await writeWhole(path, body);
}
