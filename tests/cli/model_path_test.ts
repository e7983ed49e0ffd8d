import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { modelIdentity, modelPath } from "@lib/cli/model_path.ts";
import { projectPath, userPath } from "@lib/cli/user_path.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

Deno.test("modelPath() is the shipped model, or the folder as typed", () => {
  assertEquals(modelPath(undefined), projectPath("data/model"));
  assertEquals(modelPath("runs/mine"), userPath("runs/mine"));
});

testThatNeeds(
  { read: ["data", TMP], write: [TMP] },
  "modelIdentity() is the same for a copy, and another for other weights",
  () =>
    withTempFolder(async (folder) => {
      const shipped = await modelIdentity(undefined);
      assertMatch(shipped, /^[0-9a-f]{64}$/);
      for (const name of ["model.json", "weights.bin"]) {
        await Deno.copyFile(`data/model/${name}`, `${folder}/${name}`);
      }
      assertEquals(await modelIdentity(folder), shipped);
      const weights = await Deno.readFile(`${folder}/weights.bin`);
      weights[0]! ^= 1;
      await Deno.writeFile(`${folder}/weights.bin`, weights);
      assertEquals(await modelIdentity(folder) === shipped, false);
    }),
);

testThatNeeds(
  { read: ["data"] },
  "modelIdentity() says where there is no model",
  async () => {
    await assertRejects(
      () => modelIdentity("data/samples"),
      Deno.errors.NotFound,
      "data/samples as the folder must hold model.json and weights.bin: No such file",
    );
  },
);
