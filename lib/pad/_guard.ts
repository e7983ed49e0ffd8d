/**
 * Why a request is not answered.
 *
 * The server is bound to loopback, yet every page in the same computer's
 * browser can send requests there. So a request must know the token; name the
 * server as it is (a page that has its own name resolved to 127.0.0.1, known as
 * DNS rebinding, sends its own name); and come from the pad's own page.
 *
 * @module
 */

import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { PAGE_FILES } from "./_page_files.ts";

/** An answer that is none. */
export interface Refusal {
  status: number;
  /** What is wanted and what came, without a final period. */
  sentence: string;
}

/** What the server knows of itself. */
export interface Guarded {
  port: number;
  token: string;
  /** Whether the page may be shown within another, as a notebook is. */
  embeddable: boolean;
}

/** Where a request leads: to a file of the page, or to the reader. */
export type Target = { file: string } | "read";

/** Decides on its head alone what a request gets. */
export function guard(
  request: IncomingMessage,
  guarded: Guarded,
): Target | Refusal {
  const { method = "", url = "", headersDistinct } = request;
  const hosts = headersDistinct.host ?? [];
  const names = ["127.0.0.1", "localhost"].map((name) =>
    `${name}:${guarded.port}`
  );
  if (hosts.length !== 1 || !names.includes(hosts[0]!)) {
    return refusal(421, `Cannot answer as the host must be ${names[0]}`, hosts);
  }
  const target = targetOf(url, guarded.token);
  if (target === undefined) {
    return {
      status: 404,
      sentence:
        "Cannot find the page as its address must be the one that was printed, to its last letter",
    };
  }
  const methods = target === "read" ? ["POST"] : ["GET", "HEAD"];
  if (!methods.includes(method)) {
    return refusal(
      405,
      `Cannot answer as the method must be ${methods.join(" or ")}`,
      [method],
    );
  }
  return refusedOrigin(request, hosts[0]!, target, guarded) ?? target;
}

/** Whether the request comes from elsewhere. */
function refusedOrigin(
  { headersDistinct }: IncomingMessage,
  host: string,
  target: Target,
  { embeddable }: Guarded,
): Refusal | undefined {
  const origins = headersDistinct.origin ?? [];
  const own = `http://${host}`;
  // A browser names the origin of every POST; of a GET only that of scripts.
  const isRight = origins.length === 0
    ? target !== "read"
    : origins.length === 1 && origins[0] === own;
  if (!isRight) {
    return refusal(403, `Cannot answer as the origin must be ${own}`, origins);
  }
  const single = (name: string) => headersDistinct[name]?.join();
  const site = single("sec-fetch-site") ?? "none";
  if (site === "none" || site === "same-origin") return undefined;
  // The page itself may be opened from a link or, in a notebook, within a page.
  const destination = single("sec-fetch-dest");
  const isOpened = target !== "read" && target.file === "" &&
    single("sec-fetch-mode") === "navigate" &&
    (destination === "document" || embeddable && destination === "iframe");
  return isOpened ? undefined : refusal(
    403,
    "Cannot answer as the request must come from the pad's own page",
    [site],
  );
}

/** Undefined where the token is wrong or nothing is there. */
function targetOf(url: string, token: string): Target | undefined {
  const [, given = "", file, ...more] = url.split("/");
  if (!url.startsWith("/") || more.length > 0 || file === undefined) {
    return undefined;
  }
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(given), encoder.encode(token)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) return undefined;
  if (file === "read") return "read";
  return PAGE_FILES.has(file) ? { file } : undefined;
}

function refusal(status: number, wanted: string, came: string[]): Refusal {
  return {
    status,
    sentence: `${wanted}: ${
      came.length === 0 ? "there is none" : `it is ${came.join(", ")}`
    }`,
  };
}
