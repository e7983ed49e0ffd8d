import { assertEquals, assertRejects } from "@std/assert";
import { createRunFolder } from "@lib/train/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: [TMP], write: [TMP] };

testThatNeeds(
  NEEDS,
  "createRunFolder() counts up, also twice at once",
  () =>
    withTempFolder(async (folder) => {
      const runs = `${folder}/runs`;
      const made = await Promise.all([
        createRunFolder(runs, "classic"),
        createRunFolder(runs, "classic"),
      ]);
      assertEquals(made.sort(), [`${runs}/classic-1`, `${runs}/classic-2`]);
    }),
);

testThatNeeds(
  NEEDS,
  "createRunFolder() never takes a run's folder again",
  () =>
    withTempFolder(async (folder) => {
      assertEquals(
        await createRunFolder(folder, "classic", "mine"),
        `${folder}/mine`,
      );
      await assertRejects(
        () => createRunFolder(folder, "classic", "mine"),
        Deno.errors.AlreadyExists,
        `Cannot train into ${folder}/mine as the folder must be new: there is a run of that name`,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "createRunFolder() rejects names that lead elsewhere",
  () =>
    withTempFolder(async (folder) => {
      for (const name of ["../x", "a/b", ".hidden", "", "a b"]) {
        await assertRejects(
          () => createRunFolder(folder, "classic", name),
          RangeError,
          `Cannot name the run as a name must be letters, digits, dots, dashes and underscores: current name is ${name}`,
        );
      }
    }),
);

testThatNeeds(
  NEEDS,
  "createRunFolder() says why it cannot make a folder",
  () =>
    withTempFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/file`, "");
      await assertRejects(
        () => createRunFolder(`${folder}/file`, "classic"),
        Error,
        `Cannot make the folder ${folder}/file as the one above it must be writable: `,
      );
    }),
);

testThatNeeds(
  NEEDS,
  "createRunFolder() says why it cannot make the run's folder",
  () =>
    withTempFolder(async (folder) => {
      const name = "x".repeat(300);
      await assertRejects(
        () => createRunFolder(folder, "classic", name),
        Error,
        `Cannot make the run's folder ${folder}/${name} as data/runs must be writable: File name too long`,
      );
    }),
);
