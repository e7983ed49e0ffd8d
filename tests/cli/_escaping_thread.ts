/**
 * A thread that tries to leave its permissions, and tells how far it came.
 *
 * @module
 */

/** What is tried, on a folder that may be used and one that may not. */
interface Try {
  allowed: string;
  other: string;
}

const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent<Try>) => Promise<void>;
  postMessage(done: string[]): void;
};

worker.onmessage = async ({ data: { allowed, other } }) => {
  const tries: Record<string, () => unknown> = {
    "connect to port 1": () => Deno.connect({ hostname: "127.0.0.1", port: 1 }),
    "connect to port 2": () => Deno.connect({ hostname: "127.0.0.1", port: 2 }),
    "fetch": () => fetch("https://example.com"),
    "listen": () => Deno.listen({ port: 0 }),
    "read there": () => Deno.readDirSync(allowed),
    "read elsewhere": () => Deno.readDirSync(other),
    "write results": () => Deno.writeTextFile(`${allowed}/out`, ""),
    "write beside them": () => Deno.writeTextFile(`${allowed}/file`, ""),
    "write elsewhere": () => Deno.writeTextFile(`${other}/out`, ""),
    "run": () => new Deno.Command(Deno.execPath()).outputSync(),
    "load a library": () => Deno.dlopen("libc.so.6", {}),
    "ask for the host's name": () => Deno.hostname(),
    "import": () => import(`https://example.com/${allowed.length}.ts`),
  };
  const done: string[] = [];
  for (const [name, attempt] of Object.entries(tries)) {
    try {
      await attempt();
      done.push(name);
    } catch (error) {
      // Refused by the other side, and not by Deno: it was let through.
      const message = `${error}`;
      if (!/NotCapable|Requires .* (access|permission)/.test(message)) {
        done.push(name);
      }
    }
  }
  worker.postMessage(done);
};
