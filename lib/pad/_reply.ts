/**
 * Answers, with what a browser is told not to do with them.
 *
 * @module
 */

import type { ServerResponse } from "node:http";

/** The page's own files and nothing else; no markup made from text. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; " +
  "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** Jupyter on this computer, and VS Code. */
const NOTEBOOKS = "http://127.0.0.1:* http://localhost:* " +
  "vscode-webview: vscode-file:";

/** How a request is answered. */
export interface Replies {
  reply(
    response: ServerResponse,
    status: number,
    type: string,
    text: string,
  ): void;
  /** Says in a sentence why there is no other answer. */
  refuse(response: ServerResponse, status: number, sentence: string): void;
}

/** @param embeddable Whether notebooks may show the page within theirs. */
export function createReplies(embeddable: boolean): Replies {
  const ancestors = embeddable ? NOTEBOOKS : "'none'";

  function reply(
    response: ServerResponse,
    status: number,
    type: string,
    text: string,
  ): void {
    const body = new TextEncoder().encode(text);
    response.writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "content-length": body.length,
      "content-security-policy": `${POLICY}; frame-ancestors ${ancestors}`,
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    response.end(response.req.method === "HEAD" ? undefined : body);
  }

  function refuse(
    response: ServerResponse,
    status: number,
    sentence: string,
  ): void {
    // What is left of its body is not read.
    response.setHeader("connection", "close");
    reply(response, status, "text/plain", sentence);
  }

  return { reply, refuse };
}
