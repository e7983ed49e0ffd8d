/** A client that sends any bytes, as no browser and no `fetch` would. @module */

/** What came back. */
export interface RawAnswer {
  /** 0 where there was no answer. */
  status: number;
  /** By lowercase name. */
  headers: Map<string, string>;
  body: string;
  /** Whether the server closed the connection before it was given up. */
  closed: boolean;
}

/** Milliseconds after which nothing more is expected. */
const PATIENCE = 5000;

/**
 * Sends bytes to a port of 127.0.0.1 and reads until the server has closed, or
 * an answer of known length is whole.
 */
export async function sendRaw(
  port: number,
  bytes: string | Uint8Array,
): Promise<RawAnswer> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  let isOpen = true;
  const giveUp = setTimeout(() => {
    isOpen = false;
    connection.close();
  }, PATIENCE);
  let text = "";
  let closed = false;
  try {
    await writeAll(connection, bytes);
    const buffer = new Uint8Array(65536);
    while (!isWhole(text)) {
      const length = await connection.read(buffer);
      closed = length === null;
      if (length === null) break;
      text += new TextDecoder("latin1").decode(buffer.subarray(0, length));
    }
  } catch (error) {
    // A server that refuses a body may reset the connection.
    closed = !(error instanceof Deno.errors.Interrupted ||
      error instanceof Deno.errors.BadResource);
  } finally {
    clearTimeout(giveUp);
    if (isOpen) connection.close();
  }
  return { ...parse(text), closed };
}

async function writeAll(
  connection: Deno.TcpConn,
  bytes: string | Uint8Array,
): Promise<void> {
  const all = typeof bytes === "string"
    ? Uint8Array.from(bytes, (char) => char.charCodeAt(0))
    : bytes;
  for (let at = 0; at < all.length;) {
    at += await connection.write(all.subarray(at));
  }
}

function isWhole(text: string): boolean {
  const { headers, body } = parse(text);
  const length = headers.get("content-length");
  return length !== undefined && headers.get("connection") !== "close" &&
    body.length >= Number(length);
}

function parse(text: string): Omit<RawAnswer, "closed"> {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, Math.max(0, end)).split("\r\n");
  const headers = new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  return {
    status: Number(first.split(" ")[1] ?? 0),
    headers,
    body: end < 0 ? "" : text.slice(end + 4),
  };
}
