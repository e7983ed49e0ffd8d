import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { readTrainingRecord } from "@lib/cli/training_record.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const WRITES = { read: [TMP], write: [TMP] };

const HISTORY = {
  data: "MNIST: 55,000 to train",
  calibration: { temperature: 1.25 },
  test: { source: "mnist", accuracy: 0.99, correct: 198, count: 200 },
};

testThatNeeds(
  WRITES,
  "readTrainingRecord() reads a run's history",
  () =>
    withTempFolder(async (folder) => {
      const path = `${folder}/history.json`;
      await Deno.writeTextFile(path, JSON.stringify(HISTORY));
      assertEquals(await readTrainingRecord(folder), {
        accuracy: "99.00 % (198 of 200)",
        trainingData: "MNIST: 55,000 to train",
        temperature: 1.25,
      });
    }),
);

testThatNeeds(
  { read: ["data"] },
  "readTrainingRecord() reads the card of the model that ships",
  async () => {
    const record = await readTrainingRecord("data/model");
    assertMatch(record.accuracy!, /^99\.\d\d % \(9,9\d\d of 10,000\)/);
    assertMatch(record.trainingData!, /MNIST/);
    assert(record.temperature! > 0.3 && record.temperature! < 3);
  },
);

testThatNeeds(
  WRITES,
  "readTrainingRecord() knows nothing where there is neither",
  () =>
    withTempFolder(async (folder) => {
      assertEquals(await readTrainingRecord(folder), {});
    }),
);

testThatNeeds(
  WRITES,
  "readTrainingRecord() rejects a history or a card that does not say it",
  () =>
    withTempFolder(async (folder) => {
      const rejects = (file: string, reason: string) =>
        assertRejects(
          () => readTrainingRecord(folder),
          SyntaxError,
          `Cannot read ${folder}/${file} as it must give test accuracy, data and temperature: ${reason}`,
        );
      await Deno.writeTextFile(`${folder}/README.md`, "# A model\n");
      await rejects("README.md", "one of them is missing");
      const history = `${folder}/history.json`;
      await Deno.writeTextFile(history, '{"data": "MNI');
      await rejects("history.json", "");
      const cold = { ...HISTORY, calibration: { temperature: 0 } };
      await Deno.writeTextFile(history, JSON.stringify(cold));
      await rejects("history.json", "one of them is missing");
    }),
);
