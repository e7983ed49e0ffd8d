/**
 * Tries to leave what `deno task train` is permitted; run with its permissions.
 * Prints what it was permitted nevertheless, as JSON.
 *
 * @module
 */

const write = (path: string) => Deno.writeTextFile(path, "", { append: true });

/** What training has no need of, by name. */
const TRIES: Record<string, () => unknown> = {
  "write beside the runs": () => write("data/probe"),
  "write through the runs": () => write("data/runs/../probe"),
  "write a model": () => write("data/model/model.json"),
  "write the program": () => write("lib/probe.ts"),
  "write for all": () => write("/tmp/probe"),
  "make a folder": () => Deno.mkdir("data/probe"),
  "remove": () => Deno.remove("deno.json.missing"),
  "rename out of the runs": () => Deno.rename("data/runs/x", "data/x"),
  "link out of the runs": () => Deno.symlink("/tmp", "data/runs/probe"),
  "another host": () => fetch("https://example.com/"),
  "a host of a like name": () =>
    fetch("https://storage.googleapis.com.example.com/"),
  "a mirror without encryption": () => fetch("http://storage.googleapis.com/"),
  "another port of a mirror": () =>
    fetch("https://ossci-datasets.s3.amazonaws.com:8443/"),
  "this machine": () => Deno.connect({ port: 9 }),
  "listen": () => Deno.listen({ port: 0 }).close(),
  "a name server": () => Deno.resolveDns("example.com", "A"),
  "a module of another host": () => import(`https://${"esm.sh"}/probe`),
  "a program": () => new Deno.Command("sh").output(),
  "Deno itself": () => new Deno.Command(Deno.execPath()).output(),
  "the environment": () => Deno.env.get("HOME"),
  "the machine's name": () => Deno.hostname(),
  "native code": () => Deno.dlopen("./x.so", {}),
};

const permitted: string[] = [];
for (const [name, attempt] of Object.entries(TRIES)) {
  try {
    await attempt();
    permitted.push(name);
  } catch (error) {
    const isRefused = error instanceof Deno.errors.NotCapable ||
      String(error).includes("--no-remote is specified");
    if (!isRefused) permitted.push(`${name}: ${error}`);
  }
}
console.log(JSON.stringify(permitted));
