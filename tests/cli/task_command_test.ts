import { assertEquals } from "@std/assert";
import { taskCommand } from "@lib/cli/task_command.ts";

/** What the function gives where Deno lies at `path`. */
function withDenoAt(path: string, task: string): string {
  const { execPath } = Deno;
  Deno.execPath = () => path;
  try {
    return taskCommand(task);
  } finally {
    Deno.execPath = execPath;
  }
}

Deno.test("taskCommand() calls a Deno that was installed by its name", () => {
  for (const path of ["/home/me/.deno/bin/deno", "C:\\deno\\deno.exe"]) {
    assertEquals(
      withDenoAt(path, "train --seed 1"),
      "deno task train --seed 1",
    );
  }
});

Deno.test("taskCommand() goes through npx, at this version, where npm has it", () => {
  const path = "/home/me/.npm/_npx/1a2b/node_modules/deno/deno";
  assertEquals(
    withDenoAt(path, "recognize PICTURE"),
    `npx -y deno@${Deno.version.deno} task recognize PICTURE`,
  );
});
