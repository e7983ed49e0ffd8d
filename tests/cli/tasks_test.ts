import { resolve } from "node:path";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const decoder = new TextDecoder();

/** Types `deno task …` in a folder. */
async function task(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: folder,
    // Deno and npx set it where it is not set yet: here, by the test's own task.
    env: { INIT_CWD: resolve(folder) },
  }).output();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test("No task takes all permissions, and recognize has no network", () => {
  for (const [name, { command }] of Object.entries(config.tasks)) {
    // A browser that is started may do more than its test anyway.
    if (name.startsWith("test:")) continue;
    // It gives the network up for a thread that has one host: queue_test.ts.
    if (command.includes(" lib/cli/queue.ts ")) continue;
    assert(
      !/ (-A|--allow-all|--allow-net(?!=)|--allow-env(?!=))\b/.test(command),
    );
  }
  assert(!config.tasks.recognize.command.includes("--allow-net"));
});

testThatNeeds(
  { read: ["data"], run: true },
  "deno task recognize reads a picture named from another folder",
  async () => {
    const { code, out, err } = await task(
      "data/samples",
      "recognize",
      "5283.webp",
    );
    assertEquals([code, out, err], [0, "Predicted number: 5283\n", ""]);
  },
);

testThatNeeds(
  { read: ["data"], run: true },
  "deno task recognize ends with one sentence on stderr, and its code",
  async () => {
    const missing = await task(".", "recognize", "missing.png");
    assertEquals([missing.code, missing.out], [1, ""]);
    assertEquals(missing.err.trim().split("\n").length, 1);
    assertStringIncludes(missing.err, "Error: missing.png: Cannot read it ");
    const wrong = await task(".", "recognize", "--wrong");
    assertEquals([wrong.code, wrong.out], [2, ""]);
    assertEquals(wrong.err.trim().split("\n").length, 1);
  },
);

testThatNeeds(
  { read: ["data"], run: true },
  "deno task recognize takes the model that --model names",
  async () => {
    const { code, err } = await task(
      ".",
      ...["recognize", "--model", "data/samples", "data/samples/5283.webp"],
    );
    assertEquals(code, 1);
    assertMatch(
      err,
      /^Error: Cannot load the model in .*data\/samples as the folder must hold [^\n]*\n$/,
    );
  },
);

testThatNeeds(
  { read: ["data", TMP], write: [TMP], run: true },
  "deno task recognize --overlay may write where it is told",
  () =>
    withTempFolder(async (folder) => {
      const { code } = await task(
        ".",
        "recognize",
        "--overlay",
        folder,
        "data/samples/5283.webp",
      );
      assertEquals(code, 0);
      assertEquals([...Deno.readDirSync(folder)].length, 1);
    }),
);

testThatNeeds(
  { read: ["data", TMP], write: [TMP], run: true },
  "deno task export writes where it is told, from another folder",
  () =>
    withTempFolder(async (folder) => {
      const { code, err } = await task(folder, "export", "--onnx", "a.onnx");
      assertEquals([code, err], [0, ""]);
      const [file, ...others] = [...Deno.readDirSync(folder)];
      assertEquals([file?.name, others.length], ["a.onnx", 0]);
    }),
);

testThatNeeds(
  { read: ["deno.lock"] },
  "No task but engines has ONNX Runtime among its packages",
  async () => {
    const lock = await Deno.readTextFile("deno.lock");
    assert(lock.includes("onnx-buf@"));
    assert(!lock.includes("onnxruntime"));
  },
);

testThatNeeds(
  { read: ["data"], write: ["data/runs"], run: true },
  "deno task train ends its epoch on Ctrl-C and keeps what it has learned",
  async () => {
    const name = `test-${crypto.randomUUID()}`;
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["task", "--quiet", "train", "--data", "sample"],
        ...["--epochs", "1000", "--name", name],
      ],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const err = new Response(child.stderr).text();
    let out = "";
    try {
      for await (
        const text of child.stdout.pipeThrough(new TextDecoderStream())
      ) {
        // With its second line the training begins.
        const isBegun = out.includes("seed 7");
        out += text;
        if (!isBegun && out.includes("seed 7")) {
          // A terminal's one Ctrl-C arrives several times, through each parent.
          setTimeout(() => {
            for (let i = 0; i < 3; i++) child.kill("SIGINT");
          }, 1000);
        }
      }
      const { code } = await child.status;
      assertEquals([code, await err], [0, ""]);
      assertMatch(
        out,
        /^Epoch (\d+)\/1000 .*\nStopped in epoch \1 of 1000: what was learned so far is saved\nTest accuracy: /m,
      );
      assertStringIncludes(out, ` task train --resume ${name}\n`);
      const files = [...Deno.readDirSync(`data/runs/${name}`)];
      assertEquals(files.map((file) => file.name).sort(), [
        ...["checkpoint", "history.json", "model.json", "report.html"],
        "weights.bin",
      ]);
    } finally {
      await Deno.remove(`data/runs/${name}`, { recursive: true });
    }
  },
);
