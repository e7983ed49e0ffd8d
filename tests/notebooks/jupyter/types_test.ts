/** The cells of the notebooks, as the compiler sees them. */

import { assertEquals, assertMatch } from "@std/assert";
import config from "../../../deno.json" with { type: "json" };
import { testThatNeeds, TMP, withTempFolder } from "../../needs.ts";
import {
  codeCells,
  FOLDER,
  joined,
  notebookNames,
  readNotebook,
} from "../_notebook.ts";

testThatNeeds(
  { read: [FOLDER, TMP], write: [TMP], run: true },
  "The cells of each notebook go together, and with lib/, by their types",
  async () => {
    await withTempFolder(async (folder) => {
      await writeConfig(folder);
      const scripts: string[] = [];
      for (const name of notebookNames()) {
        const cells = codeCells(await readNotebook(`${FOLDER}/${name}`));
        const script = name.replace(".ipynb", ".ts");
        const source = cells.map((cell) => joined(cell.source)).join("\n");
        await Deno.writeTextFile(`${folder}/${script}`, source);
        scripts.push(script);
      }
      assertEquals(await problems(folder, scripts), "");
    });
  },
);

testThatNeeds(
  { read: [TMP], write: [TMP], run: true },
  "What has another type in lib/ would be found",
  async () => {
    await withTempFolder(async (folder) => {
      await writeConfig(folder);
      await Deno.writeTextFile(
        `${folder}/wrong.ts`,
        `import { percent } from "@lib/format/numbers.ts";\npercent("1");\n`,
      );
      assertMatch(
        await problems(folder, ["wrong.ts"]),
        /Argument of type 'string' is not assignable to parameter of type 'number'/,
      );
    });
  },
);

/** The project's settings, for a folder that they leave out of checks. */
async function writeConfig(folder: string): Promise<void> {
  const { imports, unstable, compilerOptions } = config;
  const lib = new URL("../../../lib/", import.meta.url).href;
  const own = {
    imports: { ...imports, "@lib/": lib },
    unstable,
    compilerOptions,
    lock: false,
  };
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(own));
}

/** What the compiler says of some modules, with all that they import. */
async function problems(folder: string, scripts: string[]): Promise<string> {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--cached-only", ...scripts],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(stderr).trim();
}
