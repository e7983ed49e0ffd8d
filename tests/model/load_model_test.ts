import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { createModel, loadModel, predict, saveModel } from "@lib/model/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

await startWasmBackend();

const NEEDS = { read: [TMP], write: [TMP] };

/** Runs `fn` with a folder that holds a saved model. */
function withSavedModel(fn: (folder: string) => Promise<void>) {
  return withTempFolder(async (folder) => {
    const model = createModel("classic", 7);
    await saveModel(model, folder);
    model.dispose();
    await fn(folder);
  });
}

testThatNeeds(
  NEEDS,
  "loadModel() gives back what saveModel() wrote",
  () =>
    withTempFolder(async (folder) => {
      const random = createRandom(1);
      const images = Float32Array.from(
        { length: 3 * 784 },
        () => random.next(),
      );
      const model = createModel("classic", 7);
      await saveModel(model, `${folder}/new/model`);
      assertEquals(
        [...Deno.readDirSync(`${folder}/new/model`)].map(({ name }) => name)
          .sort(),
        ["model.json", "weights.bin"],
      );
      const loaded = await loadModel(`${folder}/new/model`);
      assertEquals(predict(loaded, images), predict(model, images));
      model.dispose();
      loaded.dispose();
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() says which file is missing",
  () =>
    withSavedModel(async (folder) => {
      await assertRejects(
        () => loadModel(`${folder}/none`),
        Deno.errors.NotFound,
        `Cannot load the model in ${folder}/none as the folder must hold model.json and weights.bin: there is no model.json`,
      );
      await Deno.remove(`${folder}/weights.bin`);
      await assertRejects(
        () => loadModel(folder),
        Deno.errors.NotFound,
        "there is no weights.bin",
      );
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects weights of another length",
  () =>
    withSavedModel(async (folder) => {
      await Deno.truncate(`${folder}/weights.bin`, 1000);
      await assertRejects(
        () => loadModel(folder),
        SyntaxError,
        `Cannot load the model in ${folder} as weights.bin must have 900136 bytes: current length is 1000`,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects what is no model",
  () =>
    withSavedModel(async (folder) => {
      for (
        const text of ["", "<html>", "null", "{}", `{"weightsManifest":[]}`]
      ) {
        await Deno.writeTextFile(`${folder}/model.json`, text);
        await assertRejects(
          () => loadModel(folder),
          SyntaxError,
          `Cannot load the model in ${folder} as model.json must be a tfjs layers model with its float32 weights in weights.bin: it begins with ${
            JSON.stringify(text)
          }`,
        );
      }
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects layers that it does not know",
  () =>
    withSavedModel(async (folder) => {
      const path = `${folder}/model.json`;
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(
        path,
        text.replace(`"MaxPooling2D"`, `"MaxPol"`),
      );
      await assertRejects(
        () => loadModel(folder),
        SyntaxError,
        'as model.json must describe a chain of layers that are known: layer 2 is a "MaxPol"',
      );
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects a model of another shape",
  () =>
    withTempFolder(async (folder) => {
      const model = tf.sequential({
        layers: [tf.layers.dense({ inputShape: [4], units: 2 })],
      });
      await saveModel(model, folder);
      model.dispose();
      await assertRejects(
        () => loadModel(folder),
        TypeError,
        `Cannot load the model in ${folder} as it must take [[null,28,28,1]] to [[null,10]] or [[null,11]]: current model takes [[null,4]] to [[null,2]]`,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects weights that are no numbers",
  () =>
    withSavedModel(async (folder) => {
      const weights = await Deno.readFile(`${folder}/weights.bin`);
      new Float32Array(weights.buffer)[1000] = NaN;
      await Deno.writeFile(`${folder}/weights.bin`, weights);
      await assertRejects(
        () => loadModel(folder),
        SyntaxError,
        `Cannot load the model in ${folder} as weights.bin must hold finite numbers: some are not`,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects a list of weights that lies",
  () =>
    withSavedModel(async (folder) => {
      const path = `${folder}/model.json`;
      const json = JSON.parse(await Deno.readTextFile(path));
      const paths = ["weights.bin"];
      const lists: unknown[] = [
        [{ paths }],
        [{ paths, weights: [{}] }],
        [{ paths, weights: [null] }],
        [{ paths, weights: [{ dtype: "float32", shape: "abc" }] }],
        [{ paths, weights: [{ dtype: "float32", shape: [1.5] }] }],
        [{ paths, weights: [{ dtype: "int32", shape: [1] }] }],
        [...json.weightsManifest, null],
      ];
      for (const weightsManifest of lists) {
        await Deno.writeTextFile(
          path,
          JSON.stringify({ ...json, weightsManifest }),
        );
        await assertRejects(
          () => loadModel(folder),
          SyntaxError,
          "as model.json must be a tfjs layers model with its float32 weights in weights.bin: it begins with",
        );
      }
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects a folder in the place of a file",
  () =>
    withSavedModel(async (folder) => {
      await Deno.remove(`${folder}/weights.bin`);
      await Deno.mkdir(`${folder}/weights.bin`);
      await assertRejects(
        () => loadModel(folder),
        Error,
        `Cannot load the model in ${folder} as weights.bin must be a readable file: Is a directory`,
      );
    }),
);

/** Changes the weights' list and the layers of a saved model's JSON. */
async function change(
  folder: string,
  // deno-lint-ignore no-explicit-any -- whatever a file may hold
  how: (weights: any[], layers: any[]) => void,
): Promise<void> {
  const path = `${folder}/model.json`;
  const json = JSON.parse(await Deno.readTextFile(path));
  how(json.weightsManifest[0].weights, json.modelTopology.config.layers);
  await Deno.writeTextFile(path, JSON.stringify(json));
}

testThatNeeds(
  NEEDS,
  "loadModel() rejects layers that need other weights than are listed",
  () =>
    withSavedModel(async (folder) => {
      const before =
        `Cannot load the model in ${folder} as model.json must list the`;
      await change(folder, (_, layers) => {
        layers.at(-1).config.units = 1_000_000;
      });
      await assertRejects(
        () => loadModel(folder),
        SyntaxError,
        `${before} 516894976 bytes of weights that its layers have: it lists 900136`,
      );
      await change(folder, (weights, layers) => {
        layers.at(-1).config.units = 10;
        weights[0].shape = [2 ** 40, 2 ** 12];
      });
      await assertRejects(
        () => loadModel(folder),
        SyntaxError,
        `${before} 900136 bytes of weights that its layers have: it lists 18014398510380`,
      );
      await change(folder, (weights) => {
        weights[0].shape = [-1, -288];
      });
      await assertRejects(
        () => loadModel(folder),
        SyntaxError,
        "as model.json must be a tfjs layers model",
      );
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() draws no weights in ways that take minutes",
  () =>
    withSavedModel(async (folder) => {
      await change(folder, (_, layers) => {
        for (const { config } of layers) {
          config.kernel_initializer = { class_name: "Orthogonal", config: {} };
        }
      });
      (await loadModel(folder)).dispose();
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects weights that lead to no probabilities",
  () =>
    withSavedModel(async (folder) => {
      const weights = await Deno.readFile(`${folder}/weights.bin`);
      new Float32Array(weights.buffer).fill(3e38);
      await Deno.writeFile(`${folder}/weights.bin`, weights);
      await assertRejects(
        () => loadModel(folder),
        SyntaxError,
        `Cannot load the model in ${folder} as it must give a probability for each class: some are no numbers`,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "loadModel() rejects files that are far too large",
  () =>
    withSavedModel(async (folder) => {
      await Deno.truncate(`${folder}/weights.bin`, 2 ** 33);
      await assertRejects(
        () => loadModel(folder),
        RangeError,
        "as weights.bin must be a readable file: it has more than 200 MB",
      );
      await Deno.truncate(`${folder}/model.json`, 2 ** 33);
      await assertRejects(
        () => loadModel(folder),
        RangeError,
        "as model.json must be a readable file: it has more than 10 MB",
      );
    }),
);
