/**
 * That each task has no more permissions than it needs: its command line, taken
 * from `deno.json`, runs with one package poisoned, which tries to get out.
 */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: ["data", TMP], write: [TMP], run: true };

/** How a task is tried. */
interface Trial {
  /** As in `deno.json`. */
  task: Exclude<keyof typeof config.tasks, "test" | "check">;
  /** What it is typed with; NEW is a new folder. */
  args?: string[];
  /** The package that is poisoned; TensorFlow.js where left out. */
  poisoned?: keyof typeof config.imports | typeof JPEG_DECODER;
  /** Whether that has a default export. */
  hasDefault?: boolean;
  /** Whether the program ends before it does its work. */
  ends?: boolean;
  /** Ways that are open as it cannot work without them. */
  open?: string[];
}

/** A module of a package. */
const JPEG_DECODER = "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";

/** Digits of one's own may lie anywhere. */
const READS = ["read: the system", "read: the project"];

/** What decodes a JPEG, in the thread that may write what a person asks for. */
const DECODER = { poisoned: JPEG_DECODER, hasDefault: true } as const;
const JPEG = "data/samples/70419_uneven_light.jpg";

const TRIALS: Trial[] = [
  // In the thread that has the model.
  { task: "recognize", args: ["data/samples/94_small.bmp"] },
  { task: "recognize", args: [JPEG], ...DECODER },
  { task: "recognize", args: ["--overlay", "NEW/drawn", JPEG], ...DECODER },
  { task: "recognize", args: ["--explain", "NEW/e.html", JPEG], ...DECODER },
  // In a thread of a thread, which may read nothing else: so what poisons it is
  // among the pictures.
  {
    task: "recognize",
    args: [
      ...["NEW", "tests/cli/_escape.ts", "--out", "NEW/results"],
      ...["--workers", "1"],
    ],
  },
  { task: "evaluate", args: ["--pictures", "data/samples", "--help"] },
  { task: "evaluate", args: ["--strings", "--save", "tests/tmp/x", "--help"] },
  { task: "evaluate", args: ["--data", "auto", "--help"] },
  { task: "train", ends: true, open: READS },
  { task: "bench", ends: true, open: READS },
  // Nobody listens on port 1.
  {
    task: "submit",
    args: [
      ...["--queue", "redis://127.0.0.1:1", "data/samples"],
      ...["--out", "NEW/results"],
    ],
    poisoned: "ioredis",
  },
  {
    task: "worker",
    args: ["--queue", "redis://127.0.0.1:1"],
    poisoned: "bullmq",
    open: READS,
  },
  {
    task: "progress",
    args: ["--queue", "redis://127.0.0.1:1"],
    poisoned: "ioredis",
  },
  // Of its second half, which reads for minutes where there are pictures, no
  // thread is started.
  {
    task: "bench:folder",
    args: ["--help"],
    poisoned: "image-js",
    ends: true,
  },
  { task: "samples", poisoned: "image-js", ends: true },
  {
    task: "kernels",
    poisoned: "assemblyscript/asc",
    hasDefault: true,
    ends: true,
  },
];

/** A map as that of `deno.json`, but with one package poisoned. */
async function poisonedMap(
  folder: string,
  { poisoned = "@tensorflow/tfjs", hasDefault, ends }: Trial,
): Promise<string> {
  const imports: Record<string, string> = {};
  for (const [name, place] of Object.entries(config.imports)) {
    imports[name] = place;
    // Of a package with a folder in it, the rest stays what it is.
    if (place.startsWith("npm:")) {
      imports[`${name}/`] = `${place.replace("npm:", "npm:/")}/`;
    }
  }
  const real = poisoned === JPEG_DECODER
    ? poisoned.replace("@jsquash/jpeg", config.imports["@jsquash/jpeg"])
    : config.imports[poisoned];
  const module = resolve(folder, "poisoned.ts");
  await Deno.writeTextFile(
    module,
    [
      `import "${import.meta.resolve("./_escape.ts")}";`,
      `export * from "${real}";`,
      ...hasDefault ? [`export { default } from "${real}";`] : [],
      ...ends ? ["Deno.exit(0);"] : [],
    ].join("\n"),
  );
  imports["@lib/"] = new URL("../../lib/", import.meta.url).href;
  imports[poisoned] = pathToFileURL(module).href;
  const path = resolve(folder, "map.json");
  await Deno.writeTextFile(path, JSON.stringify({ imports }));
  return path;
}

/** Runs a task as `deno task` does; gives the ways out that were open. */
async function waysOut(trial: Trial): Promise<string[]> {
  let open: string[] = [];
  await withTempFolder(async (folder) => {
    const map = await poisonedMap(folder, trial);
    const { command } = config.tasks[trial.task];
    assertStringIncludes(command, "deno run ");
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["task", "--quiet", "--eval"],
        command.replaceAll(
          "deno run ",
          `deno run --no-prompt "--import-map=${map}" `,
        ) +
        (trial.args ?? []).map((arg) => ` "${arg.replace("NEW", folder)}"`)
          .join(""),
      ],
      env: { INIT_CWD: resolve(".") },
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    // A task of two programs says it twice.
    const said = [...decode(stdout).matchAll(/^OPEN (.*)$/gm)];
    assert(said.length > 0, `${decode(stdout)}\n${decode(stderr)}`);
    open = said.flatMap(([, ways]) => JSON.parse(ways!));
  });
  return open;
}

for (const trial of TRIALS) {
  const typed = [trial.task, ...trial.args ?? []].join(" ");
  testThatNeeds(
    NEEDS,
    `deno task ${typed}: a poisoned package finds no way out`,
    async () => {
      assertEquals(await waysOut(trial), trial.open ?? []);
    },
  );
}
