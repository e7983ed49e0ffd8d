import { assert, assertEquals } from "@std/assert";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { createModel, saveModel } from "@lib/model/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

await startWasmBackend();

const NEEDS = { read: [TMP], write: [TMP] };

testThatNeeds(
  NEEDS,
  "saveModel() writes the two files of the layers format into a new folder",
  () =>
    withTempFolder(async (folder) => {
      const model = createModel("classic", 7);
      await saveModel(model, `${folder}/new/model`);
      assertEquals(
        [...Deno.readDirSync(`${folder}/new/model`)].map(({ name }) => name)
          .sort(),
        ["model.json", "weights.bin"],
      );
      const json = JSON.parse(
        await Deno.readTextFile(`${folder}/new/model/model.json`),
      );
      assertEquals(json.format, "layers-model");
      assertEquals(json.weightsManifest[0].paths, ["weights.bin"]);
      // Every weight of the model, as float32.
      const { size } = await Deno.stat(`${folder}/new/model/weights.bin`);
      assertEquals(size, 4 * model.countParams());
      model.dispose();
    }),
);

testThatNeeds(
  NEEDS,
  "saveModel() replaces a model that is there",
  () =>
    withTempFolder(async (folder) => {
      const weights: Uint8Array[] = [];
      for (const seed of [7, 8]) {
        const model = createModel("small", seed);
        await saveModel(model, folder);
        model.dispose();
        weights.push(await Deno.readFile(`${folder}/weights.bin`));
      }
      assertEquals(weights[0]!.length, weights[1]!.length);
      assert(weights[0]!.some((byte, i) => byte !== weights[1]![i]));
    }),
);

testThatNeeds(
  NEEDS,
  "saveModel() writes the same bytes for the same model",
  () =>
    withTempFolder(async (folder) => {
      const model = createModel("small", 7);
      await saveModel(model, `${folder}/once`);
      await saveModel(model, `${folder}/again`);
      model.dispose();
      for (const name of ["model.json", "weights.bin"]) {
        assertEquals(
          await Deno.readFile(`${folder}/again/${name}`),
          await Deno.readFile(`${folder}/once/${name}`),
        );
      }
    }),
);
