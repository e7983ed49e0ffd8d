/**
 * The exported files on engines of others: `deno task engines [DIR]`, with
 * MNIST's four files in DIR; without, on digits of the bundled sample.
 *
 * Not among the tests that `deno task test` finds, as ONNX Runtime is native
 * code, 290 MB of it, that is fetched for this alone.
 *
 * @module
 */

import { assert, assertEquals, assertLess } from "@std/assert";
import { runTask } from "@lib/cli/run_task.ts";
import { exportModel } from "@lib/cli/export.ts";
import { exportOnnx } from "@lib/export/mod.ts";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { loadMnist } from "@lib/mnist/mod.ts";
import {
  ARCHITECTURE_NAMES,
  argMax,
  createModel,
  loadModel,
  predict,
} from "@lib/model/mod.ts";
import { capturedOutput } from "../cli/_captured_output.ts";
import { withTempFolder } from "../needs.ts";
import { greatestDifference } from "./_greatest_difference.ts";
import { buildNetwork, NETWORKS, scatterWeights } from "./_networks.ts";

const PEER = "tests/peers/onnxruntime";

/** What was asked for; floats of about 1 are 6e-8 apart. */
const TOLERANCE = 1e-5;

/** Test digits that go through the network. */
const COUNT = 1000;

const [data = "sample"] = Deno.args;

/** [1000, 784] in 0…1. */
async function testDigits(): Promise<Float32Array<ArrayBuffer>> {
  const { test } = await loadMnist(data, { seed: 7 });
  return Float32Array.from(
    test.images.subarray(0, COUNT * 784),
    (byte) => byte / 255,
  );
}

/** Runs what is in the folder on ONNX Runtime; each result lands beside it. */
async function runEngine(
  folder: string,
  images: Float32Array<ArrayBuffer>,
): Promise<void> {
  await Deno.writeFile(`${folder}/images.f32`, new Uint8Array(images.buffer));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--config", `${PEER}/deno.json`, "--frozen", "--no-prompt"],
      ...["--allow-ffi", `--allow-read=${folder}`, `--allow-write=${folder}`],
      ...[`${PEER}/run_models.ts`, folder],
    ],
  }).output();
  const said = new TextDecoder();
  assertEquals(
    [code, said.decode(stdout)],
    [0, "1.30.0\n"],
    said.decode(stderr),
  );
}

async function readFloats(path: string): Promise<Float32Array> {
  return new Float32Array((await Deno.readFile(path)).buffer);
}

Deno.test(`ONNX Runtime gives the answers of the shipped model for ${COUNT} test digits`, () =>
  withTempFolder(async (folder) => {
    const output = capturedOutput();
    const args = ["--onnx", `${folder}/digits.onnx`];
    assertEquals([await runTask(exportModel, args, output), output.warned], [
      0,
      [],
    ]);
    const images = await testDigits();
    assertEquals(images.length, COUNT * 784);
    await runEngine(folder, images);

    await startWasmBackend();
    const model = await loadModel("data/model");
    const expected = predict(model, images);
    const probabilities = await readFloats(
      `${folder}/digits.probabilities.f32`,
    );
    const difference = greatestDifference(probabilities, expected);
    console.log(`greatest difference of ${expected.length}: ${difference}`);
    assertLess(difference, TOLERANCE);
    assertEquals(answers(probabilities), answers(expected));
    model.dispose();
  }));

Deno.test("ONNX Runtime gives the answers of every architecture and of odd networks", () =>
  withTempFolder(async (folder) => {
    await startWasmBackend();
    const images = (await testDigits()).slice(0, 50 * 784);
    const models = [
      ...ARCHITECTURE_NAMES.map((name) => {
        const model = createModel(name, 7);
        scatterWeights(model, name);
        return model;
      }),
      ...Object.keys(NETWORKS).map(buildNetwork),
    ];
    for (const [index, model] of models.entries()) {
      const bytes = await exportOnnx(model, { license: "MIT" });
      await Deno.writeFile(`${folder}/${index}.onnx`, bytes);
    }
    await runEngine(folder, images);
    for (const [index, model] of models.entries()) {
      const expected = predict(model, images);
      const found = await readFloats(`${folder}/${index}.probabilities.f32`);
      const difference = greatestDifference(found, expected);
      assertLess(difference, TOLERANCE, `model ${index}: ${difference}`);
      model.dispose();
    }
  }));

/** The class of each row. */
function answers(probabilities: Float32Array): number[] {
  const classes = probabilities.length / COUNT;
  return Array.from(
    { length: COUNT },
    (_, i) => argMax(probabilities.subarray(i * classes, (i + 1) * classes)),
  );
}

/** The Python of the README below a heading. */
async function readmePython(heading: string): Promise<string> {
  const readme = await Deno.readTextFile("lib/export/README.md");
  const section = readme.split(/^## /m)
    .find((part) => part.startsWith(`${heading}\n`))!;
  return /^```python\n(.*?)^```$/ms.exec(section)![1]!;
}

/** Runs Python in a folder, to what it prints in JSON. */
async function python(code: string, folder: string): Promise<unknown> {
  const { code: exit, stdout, stderr } = await new Deno.Command("python3", {
    args: ["-c", code],
    cwd: folder,
  }).output();
  const said = new TextDecoder();
  assertEquals(exit, 0, said.decode(stderr));
  return JSON.parse(said.decode(stdout).trim().split("\n").at(-1)!);
}

/** What a `python3` lacks of some packages; all of them where there is none. */
async function missing(packages: string[]): Promise<string[]> {
  const lacks = [];
  for (const name of packages) {
    try {
      const { success } = await new Deno.Command("python3", {
        args: ["-c", `import ${name}`],
      }).output();
      if (!success) lacks.push(name);
    } catch {
      return packages;
    }
  }
  return lacks;
}

/** A test of what the README says to Python. */
async function testPython(
  name: string,
  packages: string[],
  fn: (folder: string) => Promise<void>,
): Promise<void> {
  const lacks = await missing(packages);
  Deno.test({
    name: lacks.length === 0
      ? name
      : `${name} (needs ${lacks.join(", ")} in python3)`,
    ignore: lacks.length > 0,
    fn: () => withTempFolder(fn),
  });
}

await testPython(
  "The README's Python makes of each crop what the test vectors say",
  ["numpy"],
  async (folder) => {
    const vectors = await Deno.realPath("data/vectors/preprocessing.json");
    const found = await python(
      `${await readmePython("From a crop to 28×28")}
import base64, json
greatest = []
for vector in json.load(open(${JSON.stringify(vectors)})):
    ink, digit = (np.frombuffer(base64.b64decode(vector[name]), np.uint8)
                  for name in ("ink", "digit"))
    made = to_digit(ink.reshape(vector["height"], vector["width"]))
    greatest.append(int(abs(np.round(made * 255) - digit.reshape(28, 28)).max()))
print(json.dumps(greatest))
`,
      folder,
    ) as number[];
    assertEquals(found.length, 10);
    assert(found.every((levels) => levels <= 1), `${found}`);
  },
);

/** Exports the shipped model, and digits as bytes with the classes they get. */
async function prepareDigits(folder: string): Promise<number[]> {
  const images = await testDigits();
  await Deno.writeFile(
    `${folder}/digits.bin`,
    Uint8Array.from(images, (value) => Math.round(value * 255)),
  );
  const args = ["--onnx", `${folder}/digits.onnx`];
  assertEquals(await runTask(exportModel, args, capturedOutput()), 0);
  await startWasmBackend();
  const model = await loadModel("data/model");
  const expected = answers(predict(model, images));
  model.dispose();
  return expected;
}

const READ_DIGITS = `
import json
import numpy as np
digits = np.fromfile("digits.bin", np.uint8).reshape(-1, 28, 28)
`;

await testPython(
  "The README's call of ONNX Runtime in Python gives the same answers",
  ["numpy", "onnxruntime"],
  async (folder) => {
    const expected = await prepareDigits(folder);
    const found = await python(
      `${READ_DIGITS}${await readmePython("ONNX Runtime")}
names, sure = read(digits / 255)
assert len(sure) == len(names) and 0.1 < sure.min() and sure.max() <= 1.0001
print(json.dumps([labels.index(name) for name in names]))
`,
      folder,
    );
    assertEquals(found, expected);
  },
);

await testPython(
  "The README's function for Spark, called as Spark does, gives the same answers",
  ["numpy", "onnxruntime", "pandas"],
  async (folder) => {
    const expected = await prepareDigits(folder);
    // Stands in for Spark: what is proved is the function, not its transport.
    const found = await python(
      `${READ_DIGITS}
import sys, types
spark = types.SimpleNamespace(
    sparkContext=types.SimpleNamespace(addFile=lambda name: None))
modules = {
    "pyspark": {"SparkFiles": types.SimpleNamespace(get=lambda name: name)},
    "pyspark.sql": {},
    "pyspark.sql.functions": {"pandas_udf": lambda schema: lambda fn: fn},
}
for name, members in modules.items():
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)
rows = [digit.tobytes() for digit in digits]
${(await readmePython("Spark")).replace(/^answers = .*\n/m, "")}
batches = iter([pd.Series(rows[:300]), pd.Series(rows[:0]), pd.Series(rows[300:])])
frames = list(read_digits(batches))
assert [len(frame) for frame in frames] == [300, 0, len(rows) - 300]
assert [str(kind) for kind in frames[0].dtypes] == ["int32", "float32"]
print(json.dumps([int(digit) for frame in frames for digit in frame["digit"]]))
`,
      folder,
    );
    assertEquals(found, expected);
  },
);

await testPython(
  "The README's class for Ray Data gives the same answers",
  ["numpy", "onnxruntime", "pyarrow", "ray.data"],
  async (folder) => {
    const expected = await prepareDigits(folder);
    const found = await python(
      `${READ_DIGITS}${await readmePython("Ray Data")}
import os
ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")
fields = ray.data.from_items(
    [{"id": i, "pixels": digit} for i, digit in enumerate(digits)])
rows = read_digits(fields, os.path.abspath("digits.onnx"), 2).take_all()
rows.sort(key=lambda row: row["id"])
print(json.dumps([int(row["digit"]) for row in rows]))
`,
      folder,
    );
    assertEquals(found, expected);
  },
);
