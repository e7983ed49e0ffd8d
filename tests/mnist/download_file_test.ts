import {
  assert,
  assertEquals,
  assertLess,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  ANSWER_MS,
  downloadFile,
  type DownloadOptions,
  type DownloadProgress,
  MIRRORS,
  STALL_MS,
} from "@lib/mnist/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { fileOf, gzip } from "./idx_bytes.ts";

type Answer = () => Response | Promise<Response>;

const BYTES = Uint8Array.from({ length: 5000 }, (_, i) => i * i);
const FILE = await fileOf("digits", BYTES);
const GZIP = await gzip(BYTES);
const WRITES = { read: [TMP], write: [TMP] };

const GOOD: Answer = () => new Response(GZIP);
const STATUS: Answer = () => new Response("gone", { status: 404 });
const HANGING: Answer = () => new Promise(() => {});
const HTML: Answer = () => new Response("\n<!DOCTYPE html><p>Sign in</p>");
const OTHER: Answer = () => new Response(Uint8Array.of(1, 2, 3));
const CUT_OFF: Answer = () => new Response(GZIP.slice(0, 100));
const REFUSED: Answer = () => {
  const cause = new Error("error sending request: dns error: Name not known");
  return Promise.reject(new TypeError("fetch failed", { cause }));
};
const NOT_CAPABLE: Answer = () =>
  Promise.reject(new Deno.errors.NotCapable("Requires net access"));
const BROKEN: Answer = () =>
  new Response(
    new ReadableStream({
      start: (body) => body.enqueue(GZIP.slice(0, 10)),
      pull: (body) => body.error(new TypeError("connection reset")),
    }, { highWaterMark: 0 }),
  );
const STALLED: Answer = () =>
  new Response(
    new ReadableStream({ start: (body) => body.enqueue(GZIP.slice(0, 10)) }),
  );

/** Two mirrors, and little patience with them; `urls` are those asked. */
function mirrors(first: Answer, second: Answer) {
  const urls: string[] = [];
  const answer = async (url: string | URL | Request) => {
    urls.push(String(url));
    return await (String(url).startsWith(MIRRORS[0]!) ? first : second)();
  };
  // A good answer is there at once, but its body is not on a busy machine.
  const stallMs = [first, second].includes(STALLED) ? 500 : STALL_MS;
  return { urls, fetch: answer as typeof fetch, answerMs: 50, stallMs };
}

async function reason(first: Answer, second: Answer): Promise<string> {
  const error = await assertRejects(
    // Nothing is written, so the folder need not be there.
    () => downloadFile(FILE, `${TMP}/none`, mirrors(first, second)),
    Deno.errors.Http,
    `Cannot download digits.gz as its SHA-256, uncompressed, must be ${FILE.sha256}: `,
  );
  assertStringIncludes(error.message, `${FILE.sha256}: ${error.cause}`);
  return String(error.cause);
}

async function files(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

Deno.test("MIRRORS that do not answer are given up within 5 s", () => {
  assertLess(MIRRORS.length * ANSWER_MS, 5000);
});

testThatNeeds(
  WRITES,
  "downloadFile() takes the first mirror's file",
  () =>
    withTempFolder(async (folder) => {
      const options = mirrors(GOOD, HANGING);
      assertEquals(await downloadFile(FILE, `${folder}/new`, options), BYTES);
      assertEquals(options.urls, [`${MIRRORS[0]}digits.gz`]);
      assertEquals(await files(`${folder}/new`), ["digits.gz"]);
      assertEquals(await Deno.readFile(`${folder}/new/digits.gz`), GZIP);
    }),
);

for (
  const [what, answer] of Object.entries({
    "sends an error": STATUS,
    "does not answer": HANGING,
    "cannot be reached": REFUSED,
    "sends an HTML page": HTML,
    "sends something else": OTHER,
    "sends damaged gzip": CUT_OFF,
    "breaks off": BROKEN,
    "stands still": STALLED,
  })
) {
  testThatNeeds(
    WRITES,
    `downloadFile() takes the second mirror's file if the first ${what}`,
    () =>
      withTempFolder(async (folder) => {
        const options = mirrors(answer, GOOD);
        assertEquals(await downloadFile(FILE, folder, options), BYTES);
        assertEquals(options.urls, MIRRORS.map((url) => `${url}digits.gz`));
        assertEquals(await files(folder), ["digits.gz"]);
      }),
  );
}

Deno.test("downloadFile() says what came from each mirror", async () => {
  const hosts = MIRRORS.map((url) => new URL(url).host);
  assertEquals(
    await reason(STATUS, HTML),
    `${hosts[0]}: HTTP status 404, ${hosts[1]}: an HTML page`,
  );
  assertEquals(
    await reason(CUT_OFF, BROKEN),
    `${hosts[0]}: 100 bytes of damaged gzip, ${
      hosts[1]
    }: nothing more after 10 bytes`,
  );
  assertEquals(
    await reason(REFUSED, STALLED),
    `${hosts[0]}: no connection (Name not known), ${
      hosts[1]
    }: nothing more after 10 bytes`,
  );
});

Deno.test("downloadFile() says once what is the same from both mirrors", async () => {
  assertEquals(
    await reason(HANGING, HANGING),
    "both mirrors: no answer within 0.05 s",
  );
  assertEquals(
    await reason(NOT_CAPABLE, NOT_CAPABLE),
    "both mirrors: no permission for it (--allow-net)",
  );
  assertEquals(
    await reason(OTHER, OTHER),
    // SHA-256 of the bytes 1, 2, 3.
    "both mirrors: 3 bytes with SHA-256 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
  );
});

Deno.test("downloadFile() stops an answer that does not end", async () => {
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(1e6)),
      }),
    );
  await assertRejects(
    () => downloadFile(FILE, `${TMP}/none`, mirrors(endless, endless)),
    Deno.errors.Http,
    "both mirrors: more than 100 MB",
  );
});

Deno.test("downloadFile() lets go of a mirror that does not answer", async () => {
  const signals: AbortSignal[] = [];
  const hanging = (_: unknown, init: RequestInit) => {
    signals.push(init.signal!);
    return new Promise(() => {});
  };
  const options = { fetch: hanging as typeof fetch, answerMs: 10 };
  await assertRejects(
    () => downloadFile(FILE, `${TMP}/none`, options),
    Deno.errors.Http,
  );
  assertEquals(signals.map(({ aborted }) => aborted), [true, true]);
});

testThatNeeds(
  WRITES,
  "downloadFile() tells how far it is",
  () =>
    withTempFolder(async (folder) => {
      const seen: DownloadProgress[] = [];
      const download = (headers: HeadersInit) => {
        const body = new Blob([GZIP.slice(0, 10), GZIP.slice(10)]).stream();
        const options: DownloadOptions = {
          ...mirrors(() => new Response(body, { headers }), HANGING),
          onProgress: (progress) => seen.push(progress),
        };
        return downloadFile(FILE, folder, options);
      };
      await download({ "content-length": `${GZIP.length}` });
      const { length } = GZIP;
      assert(
        seen.every(({ file, total }) =>
          file === "digits.gz" && total === length
        ),
      );
      assertEquals(seen.at(-1)!.received, length);
      await download({});
      assertEquals(seen.at(-1), {
        file: "digits.gz",
        received: length,
        total: undefined,
      });
    }),
);

testThatNeeds(
  WRITES,
  "downloadFile() stores a file that came uncompressed without .gz",
  () =>
    withTempFolder(async (folder) => {
      const options = mirrors(() => new Response(BYTES), HANGING);
      assertEquals(await downloadFile(FILE, folder, options), BYTES);
      assertEquals(await files(folder), ["digits"]);
      assertEquals(await Deno.readFile(`${folder}/digits`), BYTES);
    }),
);

testThatNeeds(
  WRITES,
  "downloadFile() can run twice at once",
  () =>
    withTempFolder(async (folder) => {
      const run = () => downloadFile(FILE, folder, mirrors(GOOD, GOOD));
      assertEquals(await Promise.all([run(), run()]), [BYTES, BYTES]);
      assertEquals(await files(folder), ["digits.gz"]);
    }),
);

testThatNeeds(
  WRITES,
  "downloadFile() says why it cannot write",
  () =>
    withTempFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/file`, "no folder");
      const error = await assertRejects(
        () => downloadFile(FILE, `${folder}/file/x`, mirrors(GOOD, GOOD)),
        Error,
        `Cannot make the folder ${folder}/file/x as the one above it must be writable: `,
      );
      assert(!(error instanceof Deno.errors.Http));
    }),
);

testThatNeeds(
  WRITES,
  "downloadFile() removes its temporary file if it cannot rename it",
  () =>
    withTempFolder(async (folder) => {
      await Deno.mkdir(`${folder}/digits.gz/in_the_way`, { recursive: true });
      await assertRejects(
        () => downloadFile(FILE, folder, mirrors(GOOD, GOOD)),
        Error,
        "Cannot write",
      );
      assertEquals(await files(folder), ["digits.gz"]);
    }),
);
