/** Everything that must not get in, tried with a raw client. */

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { encodePng } from "@lib/image/mod.ts";
import {
  exampleDrawing,
  type Pad,
  type PadOptions,
  type PadReader,
  startPad,
} from "@lib/pad/mod.ts";
import type { Reading } from "@lib/read/mod.ts";
import { testThatNeeds } from "../needs.ts";
import { type RawAnswer, sendRaw } from "./_raw_client.ts";

const NET = { net: ["127.0.0.1"] };

const READING: Reading = { text: "42", confidence: 1, turned: 0, lines: [] };

/** Requests that a browser's page would send, and what it takes to bend them. */
class Client {
  readonly port: number;
  readonly path: string;

  constructor(pad: Pad) {
    const { port, pathname } = new URL(pad.url);
    this.port = Number(port);
    this.path = pathname;
  }

  /** A whole request; an undefined header is left out. */
  send(
    method: string,
    path: string,
    headers: Record<string, string | undefined> = {},
    body = "",
  ): Promise<RawAnswer> {
    const all: Record<string, string | undefined> = {
      host: `127.0.0.1:${this.port}`,
      ...(method === "POST" ? { origin: `http://127.0.0.1:${this.port}` } : {}),
      ...(body === "" ? {} : { "content-length": `${body.length}` }),
      ...headers,
    };
    const lines = Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${value}\r\n`);
    return sendRaw(
      this.port,
      `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`,
    );
  }

  page(headers: Record<string, string | undefined> = {}): Promise<RawAnswer> {
    return this.send("GET", this.path, headers);
  }

  read(
    body: string,
    headers: Record<string, string | undefined> = {},
  ): Promise<RawAnswer> {
    return this.send("POST", `${this.path}read`, headers, body);
  }
}

/** Registers a test with a pad of its own, whose reader says 42. */
function padTest(
  name: string,
  fn: (client: Client, pad: Pad, readings: () => number) => Promise<void>,
  options: PadOptions = {},
): void {
  testThatNeeds(NET, name, async () => {
    let calls = 0;
    const pad = await startPad(() => {
      calls++;
      return Promise.resolve(READING);
    }, options);
    const warm = calls;
    try {
      await fn(new Client(pad), pad, () => calls - warm);
      // Whatever came, it still answers the one that it is for.
      assertEquals((await new Client(pad).page()).status, 200);
    } finally {
      await pad.close();
    }
  });
}

/** A picture's bytes as a string of as many characters. */
async function example(): Promise<string> {
  return latin1(await encodePng(exampleDrawing()));
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

padTest(
  "startPad() serves the page and its files with a strict policy",
  async (client, pad) => {
    const page = await client.page();
    assertEquals(page.status, 200);
    assertStringIncludes(page.body, "<h1>Draw a number</h1>");
    assertEquals(pad.visits, 1);
    const policy = page.headers.get("content-security-policy")!.split("; ");
    for (
      const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]
    ) assert(policy.includes(rule), rule);
    assert(!policy.join().includes("unsafe"));
    assertEquals(page.headers.get("x-content-type-options"), "nosniff");
    assertEquals(page.headers.get("referrer-policy"), "no-referrer");
    assertEquals(page.headers.get("cache-control"), "no-store");
    const named = page.body.matchAll(/(?:src|href)="([a-z.]+)"/g);
    let count = 0;
    for (const [, file] of named) {
      const { status, headers } = await client.send(
        "GET",
        client.path + file,
      );
      assertEquals(status, 200);
      assertMatch(headers.get("content-type")!, /^text\/(css|javascript); /);
      count++;
    }
    assertEquals(count, 2);
  },
);

padTest(
  "startPad() serves every script that another one imports",
  async (client) => {
    const seen = new Set(["pad.js"]);
    for (const file of seen) {
      const { status, body } = await client.send("GET", client.path + file);
      assertEquals([file, status], [file, 200]);
      for (const [, other] of body.matchAll(/from "\.\/([a-z_]+\.js)"/g)) {
        seen.add(other!);
      }
    }
    assertEquals(seen.size, 11);
  },
);

padTest(
  "startPad() answers a picture with its reading, its size and the time",
  async (client, _, readings) => {
    const { status, headers, body } = await client.read(await example());
    assertEquals([status, headers.get("content-type")], [
      200,
      "application/json; charset=utf-8",
    ]);
    const { milliseconds, ...rest } = JSON.parse(body);
    assertEquals(rest, { ...READING, width: 720, height: 320 });
    assert(milliseconds > 0);
    assertEquals(readings(), 1);
  },
);

testThatNeeds(
  NET,
  "startPad() warms its reader before anybody waits",
  async () => {
    const sizes: number[] = [];
    const pad = await startPad(({ width }) => {
      sizes.push(width);
      return Promise.resolve(READING);
    });
    await pad.close();
    assertEquals(sizes, [720, 720, 720]);
  },
);

padTest(
  "startPad() answers 404 to all who do not know the token, and says no more",
  async (client, _, readings) => {
    const token = client.path.slice(1, -1);
    assertMatch(token, /^[\w-]{32}$/);
    const wrong = [
      ...["/", "//", "/x/", "*", "/read", "/favicon.ico", "/pad.js"],
      `/${token}`, // no slash, and so no folder
      `/${token.slice(0, -1)}/`,
      `/${token}x/`,
      `/${token.toLowerCase()}_/`,
      `/${token}%00/`,
      `/${token}/missing.js`,
      `/${token}//read`,
      `/${token}/read/`,
      `/${token}/read?x`,
      `/${token}/../${token}/`,
      `/${token}/%72ead`,
      `/${token}/__proto__`,
      `http://127.0.0.1:${client.port}/${token}/`,
      `/x/../${token}/`,
    ];
    const bodies = new Set<string>();
    for (const path of wrong) {
      for (const method of ["GET", "POST"]) {
        const { status, body } = await client.send(method, path);
        assertEquals([method, path, status], [method, path, 404]);
        bodies.add(body);
      }
    }
    assertEquals([...bodies], [
      "Cannot find the page as its address must be the one that was printed, to its last letter",
    ]);
    assertEquals(readings(), 0);
  },
);

testThatNeeds(NET, "startPad() gives each pad a token of its own", async () => {
  const pads = await Promise.all([1, 2].map(() => startPad(stub())));
  const [one, two] = pads.map((pad) => new Client(pad));
  assertNotEquals(one!.path, two!.path);
  assertNotEquals(one!.port, two!.port);
  assertEquals((await one!.send("GET", two!.path)).status, 404);
  await Promise.all(pads.map((pad) => pad.close()));
});

padTest(
  "startPad() answers only where it is called by its own name",
  async (client, pad, readings) => {
    const { port } = client;
    const wrong = [
      "127.0.0.1", // no port
      `127.0.0.1:${port + 1}`,
      "evil.example",
      `evil.example:${port}`, // DNS rebinding
      `127.0.0.1.evil.example:${port}`,
      `127.0.0.1:${port}.evil.example`,
      `evil.example#127.0.0.1:${port}`,
      `user@127.0.0.1:${port}`,
      `[::1]:${port}`,
      `0.0.0.0:${port}`,
      `127.0.0.1:${port},evil.example`,
      "",
    ];
    const picture = await example();
    for (const host of wrong) {
      const origin = `http://${host}`;
      const answers = [
        await client.page({ host }),
        await client.read(picture, { host, origin }),
      ];
      assertEquals([host, ...answers.map(({ status }) => status)], [
        ...[host, 421, 421],
      ]);
      assert(!answers.some(({ body }) => body.includes(client.path)));
    }
    const { body } = await client.page({ host: `evil.example:${port}` });
    assertEquals(
      body,
      `Cannot answer as the host must be 127.0.0.1:${port}: it is evil.example:${port}`,
    );
    const none = await client.page({ host: undefined });
    assertEquals(none.status, 400);
    const old = await sendRaw(port, `GET ${client.path} HTTP/1.0\r\n\r\n`);
    assertEquals(old.status, 421);
    const two = await sendRaw(
      port,
      `GET ${client.path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\n\r\n`,
    );
    assert(two.status === 400 || two.status === 421);
    assertEquals([pad.visits, readings()], [0, 0]);
    const local = { host: `localhost:${port}` };
    assertEquals((await client.page(local)).status, 200);
  },
);

padTest(
  "startPad() reads nothing for a page of another origin",
  async (client, _, readings) => {
    const picture = await example();
    const { port } = client;
    const wrong = [
      undefined, // no browser
      "null", // a sandboxed frame, a file
      "https://evil.example",
      `http://evil.example:${port}`,
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`, // another server on this computer
      `http://localhost:${port}`, // another origin than the host is
      `http://127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}.evil.example`,
    ];
    for (const origin of wrong) {
      const { status, body } = await client.read(picture, { origin });
      assertEquals([origin, status], [origin, 403]);
      assertEquals(
        body,
        `Cannot answer as the origin must be http://127.0.0.1:${port}: ${
          origin === undefined ? "there is none" : `it is ${origin}`
        }`,
      );
    }
    // A script elsewhere that would look at the page.
    const page = await client.page({ origin: "https://evil.example" });
    assertEquals(page.status, 403);
    assert(!page.headers.has("access-control-allow-origin"));
    assertEquals(readings(), 0);
  },
);

padTest(
  "startPad() answers no preflight",
  async (client) => {
    const { status, headers } = await client.send(
      "OPTIONS",
      `${client.path}read`,
      {
        origin: "https://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-private-network": "true",
      },
    );
    assertEquals(status, 405);
    assert(![...headers.keys()].some((name) => name.startsWith("access-")));
  },
);

/** As a browser describes what a page elsewhere does with the address. */
const CROSS_SITE = {
  script: ["no-cors", "script"],
  image: ["no-cors", "image"],
  fetch: ["cors", "empty"],
  frame: ["navigate", "iframe"],
  object: ["navigate", "object"],
} as const;

function fetchMetadata(site: string, [mode, dest]: readonly [string, string]) {
  return {
    "sec-fetch-site": site,
    "sec-fetch-mode": mode,
    "sec-fetch-dest": dest,
  };
}

padTest(
  "startPad() lets a page elsewhere link to it, and embed nothing of it",
  async (client, _, readings) => {
    for (const site of ["cross-site", "same-site"]) {
      for (const kind of Object.values(CROSS_SITE)) {
        const headers = fetchMetadata(site, kind);
        assertEquals((await client.page(headers)).status, 403);
        const script = await client.send(
          "GET",
          `${client.path}pad.js`,
          headers,
        );
        assertEquals(script.status, 403);
      }
      const link = fetchMetadata(site, ["navigate", "document"]);
      assertEquals((await client.page(link)).status, 200);
      // A form that a page elsewhere sends, were its origin right.
      assertEquals((await client.read(await example(), link)).status, 403);
    }
    assertEquals(readings(), 0);
  },
);

padTest(
  "startPad() { embeddable } lets notebooks on this computer frame the page alone",
  async (client) => {
    const frame = fetchMetadata("cross-site", CROSS_SITE.frame);
    const { status, headers } = await client.page(frame);
    assertEquals(status, 200);
    const policy = headers.get("content-security-policy")!;
    assertStringIncludes(
      policy,
      "frame-ancestors http://127.0.0.1:* http://localhost:* vscode-webview: vscode-file:",
    );
    for (const kind of ["script", "image", "fetch", "object"] as const) {
      const headers = fetchMetadata("cross-site", CROSS_SITE[kind]);
      assertEquals((await client.page(headers)).status, 403);
    }
  },
  { embeddable: true },
);

padTest(
  "startPad() takes GET for the page and POST for pictures",
  async (client, pad) => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      const { status, body } = await client.send(method, client.path);
      assertEquals([method, status], [method, 405]);
      assertEquals(
        body,
        `Cannot answer as the method must be GET or HEAD: it is ${method}`,
      );
    }
    for (const method of ["GET", "HEAD", "PUT", "TRACE"]) {
      const { status } = await client.send(method, `${client.path}read`);
      assertEquals([method, status], [method, 405]);
    }
    assertEquals(pad.visits, 0);
  },
);

padTest(
  "startPad() refuses a picture that is too large, unread and at once",
  async (client, _, readings) => {
    // Of its body nothing comes: the head alone is enough.
    const announced = await client.read("", { "content-length": "1001" });
    const chunk = `${(600).toString(16)}\r\n${"x".repeat(600)}\r\n`;
    const chunked = await client.read(chunk + chunk, {
      "transfer-encoding": "chunked",
      "content-length": undefined,
    });
    for (const { status, body, closed } of [announced, chunked]) {
      assertEquals([status, closed], [413, true]);
      assertEquals(
        body,
        "Cannot read the picture as it must have at most 1000 bytes: it has more",
      );
    }
    assertEquals(readings(), 0);
  },
  { mostBytes: 1000, mostMs: 500 },
);

padTest(
  "startPad() waits for no request that comes too slowly",
  async (client, _, readings) => {
    const host = `host: 127.0.0.1:${client.port}\r\n`;
    for (
      const head of ["P", `POST ${client.path}read HTTP/1.1\r\n${host}`]
    ) {
      const { status, closed } = await sendRaw(client.port, head);
      assertEquals([head, status, closed], [head, 0, true]);
    }
    const body = await client.read("", { "content-length": "100" });
    assertEquals([body.status, body.closed], [0, true]);
    assertEquals(readings(), 0);
  },
  { mostMs: 300 },
);

padTest(
  "startPad() says in a sentence what is wrong with a picture",
  async (client, _, readings) => {
    const picture = await example();
    const damaged = picture.slice(0, 200) + "\0".repeat(picture.length - 200);
    const wrong: Record<string, string> = {
      empty: "",
      text: "hello",
      "NUL bytes": "\0".repeat(1000),
      "its signature alone": picture.slice(0, 8),
      "cut off": picture.slice(0, -100),
      "NUL in the middle": damaged,
      markup: "<script>alert(1)</script>",
    };
    for (const [name, body] of Object.entries(wrong)) {
      const { status, headers, body: sentence } = await client.read(body, {
        "content-length": `${body.length}`,
      });
      assertEquals([name, status], [name, 422]);
      assertEquals(headers.get("content-type"), "text/plain; charset=utf-8");
      assertMatch(sentence, /^Cannot decode the [^\n]*: [^\n]*[^.]$/);
    }
    assertEquals(readings(), 0);
  },
);

padTest(
  "startPad() drops what is not HTTP, and lives on",
  async (client, pad, readings) => {
    const { port, path } = client;
    const host = `Host: 127.0.0.1:${port}`;
    const wrong = [
      "\0\0\0\0\r\n\r\n",
      `GET ${path}\0 HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET ${path} HTTP/1.1\r\n${host}\r\nX: a\0b\r\n\r\n`,
      `GET ${path} HTTP/1.1\r\n${host}\0\r\n\r\n`,
      `GET ${path} HTTP/1.1\r\n${host}\r\nX: ${"a".repeat(100_000)}\r\n\r\n`,
      `GET /${"a".repeat(100_000)} HTTP/1.1\r\n${host}\r\n\r\n`,
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", // as TLS begins
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      `POST ${path}read HTTP/1.1\r\n${host}\r\nContent-Length: -1\r\n\r\n`,
      `POST ${path}read HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\n` +
      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      `CONNECT evil.example:80 HTTP/1.1\r\n${host}\r\n\r\n`,
    ];
    for (const request of wrong) {
      const { status, closed } = await sendRaw(port, request);
      const shown = request.slice(0, 60);
      assert(status === 0 || status === 400, `${status} to ${shown}`);
      assert(closed, shown);
    }
    assertEquals([pad.visits, readings()], [0, 0]);
  },
  { mostMs: 500 },
);

testThatNeeds(
  NET,
  "startPad() reads one picture at a time, and none that nobody waits for",
  async () => {
    const waiting: (() => void)[] = [];
    let isWarm = false;
    let calls = 0;
    const pad = await startPad(async () => {
      if (!isWarm) return READING;
      calls++;
      await new Promise<void>((done) => waiting.push(done));
      return READING;
    });
    isWarm = true;
    const client = new Client(pad);
    try {
      const picture = await example();
      const first = client.read(picture);
      await until(() => calls === 1);
      const gone = await Deno.connect({
        hostname: "127.0.0.1",
        port: client.port,
      });
      await gone.write(Uint8Array.from(
        `POST ${client.path}read HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\n` +
          `Origin: http://127.0.0.1:${client.port}\r\n` +
          `Content-Length: ${picture.length}\r\n\r\n${picture}`,
        (char) => char.charCodeAt(0),
      ));
      const third = client.read(picture);
      await new Promise((done) => setTimeout(done, 100));
      assertEquals(calls, 1);
      gone.close();
      await new Promise((done) => setTimeout(done, 100));
      waiting.pop()!();
      assertEquals((await first).status, 200);
      await until(() => calls === 2);
      waiting.pop()!();
      assertEquals((await third).status, 200);
      assertEquals(calls, 2);
    } finally {
      await pad.close();
    }
  },
);

testThatNeeds(
  NET,
  "startPad() says what went wrong while it read, and reads the next",
  async () => {
    const failures = [new Error("Cannot add the tensors: there are none")];
    let isWarm = false;
    const pad = await startPad(() => {
      const failure = isWarm ? failures.pop() : undefined;
      return failure ? Promise.reject(failure) : Promise.resolve(READING);
    });
    isWarm = true;
    const client = new Client(pad);
    const { status, body } = await client.read(await example());
    assertEquals([status, body], [
      500,
      "Cannot read the picture: Cannot add the tensors: there are none",
    ]);
    assertEquals((await client.read(await example())).status, 200);
    await pad.close();
  },
);

testThatNeeds(
  { net: ["127.0.0.1", "127.0.0.2"] },
  "startPad() is bound to 127.0.0.1 alone",
  async () => {
    const pad = await startPad(stub());
    const { port } = new Client(pad);
    await assertRejects(
      () => Deno.connect({ hostname: "127.0.0.2", port }),
      Deno.errors.ConnectionRefused,
    );
    await pad.close();
  },
);

testThatNeeds(NET, "startPad() rejects a port that is taken", async () => {
  const pad = await startPad(stub());
  const { port } = new Client(pad);
  await assertRejects(
    () => startPad(stub(), { port }),
    Error,
    `Cannot serve the pad as port ${port} of 127.0.0.1 must be free: another program has it`,
  );
  await pad.close();
  // Once closed it is free again.
  const next = await startPad(stub(), { port });
  assertEquals(new Client(next).port, port);
  await next.close();
});

testThatNeeds(
  NET,
  "startPad() holds 64 connections, however many come",
  async () => {
    const pad = await startPad(stub());
    const { port } = new Client(pad);
    const connections: Deno.TcpConn[] = [];
    let closed = 0;
    for (let i = 0; i < 70; i++) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      connections.push(connection);
      connection.read(new Uint8Array(1)).catch(() => null).then(() => closed++);
    }
    await until(() => closed === 6);
    await new Promise((done) => setTimeout(done, 50));
    assertEquals(closed, 6);
    await pad.close();
    await until(() => closed === 70);
    for (const connection of connections) connection.close();
  },
);

testThatNeeds(NET, "Pad.close() ends open connections too", async () => {
  const pad = await startPad(stub());
  const { port } = new Client(pad);
  const idle = await Deno.connect({ hostname: "127.0.0.1", port });
  await idle.write(new TextEncoder().encode("GET "));
  await new Promise((done) => setTimeout(done, 50));
  await pad.close();
  const end = await idle.read(new Uint8Array(9)).catch(() => null);
  assertEquals(end, null);
  idle.close();
  await assertRejects(
    () => Deno.connect({ hostname: "127.0.0.1", port }),
    Deno.errors.ConnectionRefused,
  );
});

function stub(): PadReader {
  return () => Promise.resolve(READING);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 5));
}
