import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import { exportModel } from "@lib/cli/export.ts";
import { runTask } from "@lib/cli/run_task.ts";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { loadSample } from "@lib/mnist/mod.ts";
import { createModel, loadModel, predict, saveModel } from "@lib/model/mod.ts";
import { greatestDifference } from "../export/_greatest_difference.ts";
import { parseOnnx, runOnnx } from "../export/_run_onnx.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { capturedOutput } from "./_captured_output.ts";

const WRITES = { read: ["data", TMP], write: [TMP] };

async function run(...args: string[]) {
  const output = capturedOutput();
  const code = await runTask(exportModel, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

testThatNeeds(
  WRITES,
  "exportModel() writes the shipped model, which gives the same probabilities",
  () =>
    withTempFolder(async (folder) => {
      const file = `${folder}/digits.onnx`;
      const { code, printed, warned } = await run("--onnx", file);
      assertEquals([code, warned], [0, []]);
      assertEquals(printed.length, 1);
      assertMatch(
        printed[0]!,
        /^Wrote \S+digits\.onnx: ONNX, images \[batch, 1, 28, 28\] to logits and probabilities \[batch, 11\], [\d,]+ bytes$/,
      );
      assertEquals([...Deno.readDirSync(folder)].length, 1);

      const onnx = parseOnnx(await Deno.readFile(file));
      const metadata = new Map(
        onnx.metadataProps.map(({ key, value }) => [key, value]),
      );
      assertMatch(metadata.get("accuracy")!, /^99\.\d\d %/);
      assertEquals(metadata.get("license"), "MIT");
      const card = await Deno.readTextFile("data/model/README.md");
      assert(card.includes(`\`${metadata.get("weights_sha256")}\``));

      await startWasmBackend();
      const model = await loadModel("data/model");
      const digits = await loadSample();
      const images = Float32Array.from(
        digits.images.subarray(0, 100 * 784),
        (byte) => byte / 255,
      );
      const { probabilities } = runOnnx(onnx, images);
      const expected = predict(model, images);
      assertLess(greatestDifference(probabilities, expected), 1e-5);
      model.dispose();
    }),
);

testThatNeeds(
  WRITES,
  "exportModel() writes a model of one's own in both formats, and what is known of it",
  () =>
    withTempFolder(async (folder) => {
      await startWasmBackend();
      const model = createModel("small", 7);
      await saveModel(model, `${folder}/run`);
      model.dispose();
      const { code, printed, warned } = await run(
        ...["--model", `${folder}/run`, "--license", "CC0-1.0"],
        ...["--onnx", `${folder}/a.onnx`],
        ...["--safetensors", `${folder}/a.safetensors`],
      );
      assertEquals([code, printed.length, warned.length], [0, 2, 1]);
      assertMatch(printed[1]!, /a\.safetensors: safetensors, 6 weights, /);
      assertMatch(
        warned[0]!,
        /^The files do not say how accurate the model is, as there is neither history\.json nor README\.md in .*run$/,
      );
      const { metadataProps } = parseOnnx(
        await Deno.readFile(`${folder}/a.onnx`),
      );
      const given = metadataProps
        .filter(({ key }) => ["accuracy", "license"].includes(key))
        .map(({ value }) => value);
      assertEquals(given, ["not recorded", "CC0-1.0"]);
    }),
);

Deno.test("exportModel() wants a file to write, and another one for each format", async () => {
  const cases: [wanted: string, ...args: string[]][] = [
    ["--onnx or --safetensors must name a file: there is neither"],
    [
      "--onnx and --safetensors must name two files: both name a.bin",
      ...["--onnx", "a.bin", "--safetensors", "a.bin"],
    ],
  ];
  for (const [wanted, ...args] of cases) {
    assertEquals(await run(...args), {
      code: 2,
      printed: [],
      warned: [`Error: Cannot run export as ${wanted}`],
    });
  }
});

testThatNeeds(
  WRITES,
  "exportModel() says that the folder is missing, and writes nothing",
  () =>
    withTempFolder(async (folder) => {
      const { code, warned } = await run("--onnx", `${folder}/none/a.onnx`);
      assertEquals([code, warned.length], [1, 1]);
      assertMatch(
        warned[0]!,
        /^Error: Cannot write .*a\.onnx as its folder must be writable, with room for \d+ bytes: No such file/,
      );
      assertEquals([...Deno.readDirSync(folder)].length, 0);
    }),
);
