/**
 * What a poisoned package would do: tries all ways out of the permissions that
 * it runs with, and says which of them were open.
 *
 * @module
 */

/** A way out, and what is refused where it is shut. */
type Way = () => unknown;

const outside = new URL("../tmp/left_behind", import.meta.url);

/** Where the environment is ignored, asking for it gives nothing. */
function seen(value: string | undefined): void {
  if (value === undefined) throw new Deno.errors.NotCapable("it is not there");
}

const WAYS: Record<string, Way> = {
  "net: a web page": () => fetch("https://example.com/"),
  "net: this machine": () => Deno.connect({ hostname: "127.0.0.1", port: 80 }),
  "net: a name server": () => Deno.resolveDns("example.com", "A"),
  "net: a listener": () => Deno.listen({ port: 0 }).close(),
  "net: a module": () => import(`https://esm.sh/${crypto.randomUUID()}`),
  "write: the project": () => Deno.writeTextFile(outside, ""),
  "write: its sources": () =>
    Deno.open(new URL("../../lib/cli/options.ts", import.meta.url), {
      append: true,
    }),
  "write: its model": () =>
    Deno.open(new URL("../../data/model/model.json", import.meta.url), {
      append: true,
    }),
  "write: a temporary file": () => Deno.makeTempFile(),
  "write: a folder up": () =>
    Deno.mkdir(new URL("../../../left", import.meta.url)),
  "read: the system": () => Deno.readTextFile("/etc/passwd"),
  "read: the project": () =>
    Deno.readTextFile(new URL("../../README.md", import.meta.url)),
  "env: the home": () => seen(Deno.env.get("HOME")),
  "env: all": () =>
    seen(Object.keys(Deno.env.toObject()).find((name) => name !== "INIT_CWD")),
  "run: a shell": () => new Deno.Command("sh", { args: ["-c", ""] }).output(),
  "run: Deno": () => new Deno.Command("deno", { args: ["-V"] }).output(),
  "sys: the host's name": () => Deno.hostname(),
  "sys: who runs it": () => Deno.uid(),
  "ffi: a library": () => Deno.dlopen("libc.so.6", {}),
  "a thread with more": () => {
    const worker = new Worker("data:text/javascript,", {
      type: "module",
      deno: { permissions: { run: true, net: true, write: true } },
    });
    worker.terminate();
  },
};

const open: string[] = [];
for (const [name, way] of Object.entries(WAYS)) {
  try {
    await way();
    open.push(name);
  } catch (error) {
    // Whatever else went wrong, it was not the permission that stopped it.
    const { name: kind, message } = error as Error;
    const isShut = kind === "NotCapable" || kind === "PermissionDenied" ||
      /Requires \w+ access|--no-remote/.test(message);
    if (!isShut) open.push(`${name} (${kind}: ${message})`);
  }
}
console.log(`OPEN ${JSON.stringify(open)}`);
