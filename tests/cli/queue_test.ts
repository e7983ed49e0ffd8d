import { assert, assertEquals, assertMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { runQueueTask } from "@lib/cli/queue.ts";
import { runTask } from "@lib/cli/run_task.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { startTask } from "../run_task_process.ts";
import { capturedOutput } from "./_captured_output.ts";

const QUEUE_PACKAGES = ["bullmq", "ioredis", "msgpackr"];

/** Runs a task of the queue whose command line is wrong, or asks for help. */
async function run(...args: string[]) {
  const output = capturedOutput();
  const code = await runTask(runQueueTask, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

Deno.test("runQueueTask() rejects a wrong command line with code 2", async () => {
  const wrong: [args: string[], says: string][] = [
    [["worker"], "Cannot run worker as it takes --queue URL: there is none"],
    [
      ["worker", "--queue", "127.0.0.1:6379"],
      "Cannot reach the queue as it must be given like redis://127.0.0.1:6379: current value is 127.0.0.1:6379",
    ],
    [
      ["worker", "--queue", "http://127.0.0.1"],
      "Cannot reach the queue as it must be given like redis://127.0.0.1:6379: current value is http://127.0.0.1",
    ],
    [
      ["submit", "--queue", "redis://localhost", "pictures"],
      "Cannot run submit as it takes --out FILE: there is none",
    ],
    [
      ["submit", "--queue", "redis://localhost", "--out", "a"],
      "Cannot run submit as it takes at least one picture or folder: there is none",
    ],
    [
      ["progress", "--quiet"],
      "Cannot run progress as --quiet is no option of it: it takes --queue, --model, --json",
    ],
  ];
  for (const [args, says] of wrong) {
    assertEquals(await run(...args), {
      code: 2,
      printed: [],
      warned: [`Error: ${says}`],
    });
  }
});

Deno.test("runQueueTask() shows the help of each task", async () => {
  for (const name of ["submit", "worker", "progress"]) {
    const { code, printed, warned } = await run(name, "--help");
    assertEquals([code, printed.length, warned], [0, 1, []]);
    assert(printed[0]!.startsWith(`Usage: deno task ${name} `));
  }
});

testThatNeeds(
  { read: ["data", TMP], write: [TMP], run: true },
  "deno task submit, worker and progress say that there is no queue",
  () =>
    withTempFolder(async (folder) => {
      // Nobody listens on port 1.
      const queue = ["--queue", "redis://127.0.0.1:1"];
      const tasks = [
        startTask("submit", ...queue, folder, "--out", `${folder}/out`),
        startTask("worker", ...queue),
        startTask("progress", ...queue),
      ];
      for (const { ended } of tasks) {
        const { code, out, err } = await ended;
        assertEquals([code, out], [1, ""]);
        assertMatch(
          err,
          /^Error: Cannot reach the queue at 127.0.0.1:1 as a Redis server must answer there: .*ECONNREFUSED.*\n$/,
        );
      }
      // It has not begun what it cannot do.
      assertEquals([...Deno.readDirSync(folder)], []);
    }),
);

testThatNeeds(
  { run: true },
  "Only the tasks of the queue load what it is made of",
  async () => {
    for (const [name, { command }] of Object.entries(config.tasks)) {
      const module = /\blib\/cli\/\w+\.ts/.exec(command)?.[0];
      if (!module) continue;
      const packages = await modulesOf(module);
      const isQueue = module.endsWith("/queue.ts");
      for (const part of QUEUE_PACKAGES) {
        // Its thread loads them, once it can reach nothing but the queue.
        const loaded = packages.filter((each) => each.includes(part));
        assertEquals([name, loaded], [name, []]);
      }
      assertEquals(
        [name, /--allow-net( |$)/.test(command)],
        [name, isQueue],
      );
    }
    for (const thread of ["cli/reader_worker.ts", "train/training_worker.ts"]) {
      const packages = await modulesOf(`lib/${thread}`);
      assert(packages.some((each) => each.includes("tfjs")));
      assert(!packages.some((each) => /bullmq|ioredis|msgpackr/.test(each)));
    }
    const thread = await modulesOf("lib/cli/queue_thread.ts");
    for (const part of ["bullmq", "ioredis"]) {
      assert(thread.some((each) => each.includes(part)), `no ${part}`);
    }
  },
);

testThatNeeds(
  { run: true },
  "No package is loaded before the command line says what it may do",
  async () => {
    for (const module of ["lib/cli/confined.ts", "lib/cli/queue.ts"]) {
      const others = (await modulesOf(module, "code")).filter((each) =>
        !each.startsWith("file:") && !each.startsWith("node:")
      );
      assertEquals([module, others], [module, []]);
    }
  },
);

/** A module, as `deno info` tells it. */
interface Module {
  specifier: string;
  dependencies?: { code?: { specifier: string } }[];
}

/**
 * All modules and packages that one leads to.
 *
 * @param kind Of imports: "code" leaves out those of types.
 */
async function modulesOf(
  module: string,
  kind: "all" | "code" = "all",
): Promise<string[]> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", module],
  }).output();
  assertEquals(code, 0);
  const { roots, modules }: { roots: string[]; modules: Module[] } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  assert(modules.length > 1);
  if (kind === "all") return modules.map(({ specifier }) => specifier);
  const reached = new Set(roots);
  for (const specifier of reached) {
    const found = modules.find((each) => each.specifier === specifier);
    for (const { code } of found?.dependencies ?? []) {
      if (code) reached.add(code.specifier);
    }
  }
  return [...reached];
}
