/**
 * The drawing pad's server: hands out the page, and reads what it is sent.
 *
 * It is bound to 127.0.0.1, answers nobody who does not know its token, and
 * keeps nothing: pictures come as bytes, are read, and are forgotten.
 * Explained in `notebooks/05_drawing_pad.ipynb`.
 *
 * `node:http` and not `Deno.serve`, which in 2.9.6 waits for ever for a request
 * that never ends, and keeps a connection open after it has refused its body.
 *
 * @module
 */

import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { decodePicture, type RgbImage } from "../image/mod.ts";
import type { Reading } from "../read/mod.ts";
import { exampleDrawing } from "./example_drawing.ts";
import { PAGE_FILES } from "./_page_files.ts";
import { guard, type Guarded } from "./_guard.ts";
import { listen } from "./_listen.ts";
import { readBody } from "./_read_body.ts";
import { createReplies } from "./_reply.ts";

/** What the pad asks: most likely `readPicture()` with a model. */
export type PadReader = (picture: RgbImage) => Promise<Reading>;

/** How a pad is served. */
export interface PadOptions {
  /** 0, or left out, takes any that is free. */
  port?: number;
  /** True lets notebooks on this computer show the page within theirs. */
  embeddable?: boolean;
  /** Bytes of a picture; 20 MB where left out. */
  mostBytes?: number;
  /** Milliseconds until a request has come whole; 10,000 where left out. */
  mostMs?: number;
}

/** A pad that is being served. */
export interface Pad {
  /** Of the page, with its token. */
  readonly url: string;
  /** How often the page was opened. */
  readonly visits: number;
  /** Ends the server and all its connections. */
  close(): Promise<void>;
}

/** What the page answers a drawing with, as JSON. */
export interface PadAnswer extends Reading {
  /** Of the picture, upright, in pixels. */
  width: number;
  height: number;
  /** That decoding and reading took. */
  milliseconds: number;
}

/** Readings after which the reader is as quick as it gets. */
const WARM = 3;

/** Many more than one page needs. */
const MOST_CONNECTIONS = 64;

/**
 * Starts a pad; its reader is warm then.
 *
 * @param read Called for one picture at a time.
 * @throws {Error} If the port is taken.
 *
 * @example Somebody without the token gets nothing
 * ```ts
 * import { startPad } from "./start_pad.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pad = await startPad(() =>
 *   Promise.resolve({ text: "", confidence: 1, turned: 0, lines: [] })
 * );
 * const response = await fetch(new URL("/", pad.url));
 * await response.body?.cancel();
 * await pad.close();
 * assertEquals(response.status, 404);
 * ```
 */
export async function startPad(
  read: PadReader,
  options: PadOptions = {},
): Promise<Pad> {
  const { embeddable = false, mostBytes = 20 * 2 ** 20 } = options;
  const { mostMs = 10_000 } = options;
  for (let i = 0; i < WARM; i++) await read(exampleDrawing());
  const token = crypto.getRandomValues(new Uint8Array(24))
    .toBase64({ alphabet: "base64url" });
  const server = createServer({
    headersTimeout: mostMs,
    requestTimeout: mostMs,
    connectionsCheckingInterval: Math.min(1000, mostMs / 4),
  });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, options.port ?? 0);
  const guarded: Guarded = { port, token, embeddable };
  const { reply, refuse } = createReplies(embeddable);
  let visits = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const found = guard(request, guarded);
    if (found !== "read" && "file" in found) {
      const { type, text } = PAGE_FILES.get(found.file)!;
      if (found.file === "") visits++;
      return reply(response, 200, type, text);
    }
    if (found !== "read") return refuse(response, found.status, found.sentence);
    const bytes = await readBody(request, mostBytes);
    if (bytes === undefined) {
      return refuse(
        response,
        413,
        `Cannot read the picture as it must have at most ${mostBytes} bytes: it has more`,
      );
    }
    const own = turn.then(() => readBytes(bytes, response));
    turn = own;
    await own;
  }

  /** Never rejects; answers nothing where nobody waits for it any more. */
  async function readBytes(
    bytes: Uint8Array,
    response: ServerResponse,
  ): Promise<void> {
    // Reading lets nothing in between: that a page has gone is heard here.
    await new Promise((done) => setTimeout(done));
    if (response.destroyed) return;
    const start = performance.now();
    let picture: RgbImage;
    try {
      picture = await decodePicture(bytes);
    } catch (error) {
      return refuse(response, 422, (error as Error).message);
    }
    try {
      const reading = await read(picture);
      const { width, height } = picture;
      const milliseconds = performance.now() - start;
      const answer: PadAnswer = { ...reading, width, height, milliseconds };
      reply(response, 200, "application/json", JSON.stringify(answer));
    } catch (error) {
      refuse(
        response,
        500,
        `Cannot read the picture: ${(error as Error).message}`,
      );
    }
  }

  server.on("request", (request, response) => {
    // What goes wrong here is the connection's end, and nobody is left to tell.
    answer(request, response).catch(() => response.destroy());
  });
  server.on("clientError", (_, socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    get visits() {
      return visits;
    },
    close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      return closed;
    },
  };
}
