import { resolve } from "node:path";
import { assertEquals, assertMatch } from "@std/assert";
import { notebook } from "@lib/cli/notebook.ts";
import { runTask } from "@lib/cli/run_task.ts";
import type { Program } from "@lib/notebook/find_program.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";

async function run(args: string[], jupyters: readonly Program[], home = TMP) {
  const output = capturedOutput();
  const code = await runTask(
    (args, output) => notebook(args, output, { jupyters, home }),
    args,
    output,
  );
  return { code, printed: output.printed, warned: output.warned };
}

testThatNeeds(
  { read: [TMP], write: [TMP], run: true },
  "notebook() starts Jupyter in notebooks/, with the kernel and apart from settings",
  () =>
    withTempFolder(async (folder) => {
      // In place of Jupyter a program that tells how it was started.
      const told = resolve(folder, "told.json");
      const jupyter: Program = [
        Deno.execPath(),
        "eval",
        `Deno.writeTextFileSync(${JSON.stringify(told)}, JSON.stringify({
           cwd: Deno.cwd(), args: Deno.args, env: Deno.env.toObject() }));
         Deno.exit(Deno.args.includes("--version") ? 0 : 5);`,
        "--",
      ];
      const home = resolve(folder, "home");
      const { code, warned } = await run(["--", "--port=1"], [jupyter], home);
      assertEquals([code, warned], [5, []]);
      const { cwd, args, env } = JSON.parse(await Deno.readTextFile(told));
      assertEquals([cwd, args.at(-1)], [resolve("notebooks"), "--port=1"]);
      const { JUPYTER_DATA_DIR, JUPYTER_CONFIG_DIR, JUPYTER_RUNTIME_DIR } = env;
      assertEquals(
        [JUPYTER_DATA_DIR, JUPYTER_CONFIG_DIR, JUPYTER_RUNTIME_DIR],
        [
          ...[`${home}/data`, `${home}/config`, `${home}/runtime`],
        ],
      );
      const kernel = JSON.parse(
        await Deno.readTextFile(`${home}/data/kernels/deno/kernel.json`),
      );
      assertEquals(kernel.argv, [
        ...[Deno.execPath(), "jupyter", "--kernel", "--conn"],
        "{connection_file}",
      ]);
    }),
);

testThatNeeds(
  { read: [TMP], run: true },
  "notebook() says how to get Jupyter where there is none",
  async () => {
    const { code, printed, warned } = await run([], []);
    assertEquals([code, printed, warned], [1, [], [
      "Error: Cannot open the notebooks as Jupyter must be installed (pip install jupyterlab, or open the folder in VS Code with its Jupyter extension): the search path has none",
    ]]);
  },
);

testThatNeeds({ read: [TMP] }, "notebook() takes no options", async () => {
  const { code, warned } = await run(["--port=1"], []);
  assertEquals(code, 2);
  assertMatch(warned[0]!, /^Error: Cannot run notebook as --port is no option/);
});
