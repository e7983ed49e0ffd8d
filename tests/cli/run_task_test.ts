import { assertEquals } from "@std/assert";
import { UsageError } from "@lib/cli/options.ts";
import { runTask, type Task } from "@lib/cli/run_task.ts";
import { capturedOutput } from "./_captured_output.ts";

async function run(task: Task) {
  const output = capturedOutput();
  const code = await runTask(task, ["a"], output);
  return { code, printed: output.printed, warned: output.warned };
}

Deno.test("runTask() hands over the arguments and gives back the exit code", async () => {
  const result = await run((args, output) => {
    output.print(args.join());
    return Promise.resolve(3);
  });
  assertEquals(result, { code: 3, printed: ["a"], warned: [] });
});

Deno.test("runTask() turns an error into one line and code 1", async () => {
  const result = await run(() => {
    throw new RangeError("Cannot do it:\n  because");
  });
  assertEquals(result, {
    code: 1,
    printed: [],
    warned: ["Error: Cannot do it: because"],
  });
});

Deno.test("runTask() ends a wrong command line with code 2", async () => {
  const result = await run(() => Promise.reject(new UsageError("No")));
  assertEquals([result.code, result.warned], [2, ["Error: No"]]);
});
