import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dataPath, projectPath, userPath } from "@lib/cli/user_path.ts";
import { testThatNeeds } from "../needs.ts";

const ABSOLUTE = resolve("/photos/a.png");
const FOLDER = resolve("/home/me");

/** Registers a test that runs as a task typed in `FOLDER`. */
function testTypedIn(name: string, fn: () => void) {
  const { state } = Deno.permissions.querySync({
    name: "env",
    variable: "INIT_CWD",
  });
  const ignore = state !== "granted";
  Deno.test({
    name: ignore ? `${name} (needs --allow-env=INIT_CWD)` : name,
    ignore,
    fn: () => {
      const before = Deno.env.get("INIT_CWD");
      Deno.env.set("INIT_CWD", FOLDER);
      try {
        fn();
      } finally {
        if (before === undefined) Deno.env.delete("INIT_CWD");
        else Deno.env.set("INIT_CWD", before);
      }
    },
  });
}

testTypedIn(
  "userPath() goes from the folder that the task was typed in",
  () => {
    assertEquals(userPath("a.png"), join(FOLDER, "a.png"));
    assertEquals(userPath("./b/../a.png"), join(FOLDER, "a.png"));
    assertEquals(userPath("../a.png"), resolve("/home/a.png"));
    assertEquals(userPath(ABSOLUTE), ABSOLUTE);
    assertEquals(dataPath("mnist"), join(FOLDER, "mnist"));
  },
);

Deno.test({
  name: "userPath() goes from the working folder where it may not ask",
  permissions: "none",
  fn: () => {
    assertEquals(userPath("a.png"), join(Deno.cwd(), "a.png"));
    assertEquals(userPath(ABSOLUTE), ABSOLUTE);
  },
});

testThatNeeds(
  { read: ["."] },
  "projectPath() begins at the project's own folder",
  async () => {
    const config = await Deno.readTextFile(projectPath("deno.json"));
    assertStringIncludes(config, `"@lib/": "./lib/"`);
    assert((await Deno.stat(projectPath("lib/cli/user_path.ts"))).isFile);
  },
);

testTypedIn("projectPath() does not depend on where the task was typed", () => {
  const here = new URL("../../data/model", import.meta.url);
  assertEquals(projectPath("data/model"), fileURLToPath(here));
});

Deno.test({
  name: "dataPath() keeps its words and resolves a folder",
  permissions: "none",
  fn: () => {
    for (const word of ["auto", "full", "sample"]) {
      assertEquals(dataPath(word), word);
    }
    assertEquals(dataPath("./sample"), join(Deno.cwd(), "sample"));
    assertEquals(dataPath("data/mnist"), join(Deno.cwd(), "data", "mnist"));
    assertEquals(dataPath(ABSOLUTE), ABSOLUTE);
  },
});
