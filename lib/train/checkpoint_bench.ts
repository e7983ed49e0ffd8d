import { makeFolder } from "../files/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import { PIXELS } from "../mnist/mod.ts";
import { createModel } from "../model/mod.ts";
import { openCheckpoints } from "./checkpoint_folder.ts";
import { RECIPES } from "./recipes.ts";
import type { RunState } from "./run_state.ts";
import { startTeam } from "./team.ts";
import { trainTeam } from "./train_team.ts";

await startWasmBackend();
registerTrainingKernels();

const path = "data/runs";
const mayWrite =
  Deno.permissions.querySync({ name: "write", path }).state === "granted";

const digits = { images: new Uint8Array(PIXELS), labels: Uint8Array.of(7) };

// What a run stops for, of the smallest network and the one that ships: its
// state is read, checked, hashed, written, and waited for until the disk has it.
for (const architecture of ["small", "best"]) {
  const folder = `data/runs/bench-${architecture}`;
  const recipe = { ...RECIPES.best, architecture, noDigits: 0, epochs: 1 };
  const choices = { recipe, seed: 7, strict: false, data: "sample" };
  const model = createModel(architecture, 7);

  Deno.bench({
    name: `a checkpoint of ${architecture}`,
    ignore: !mayWrite,
    n: 20,
    fn: async (bench) => {
      const team = await startTeam(model, { ...recipe, seed: 7, workers: 1 });
      await makeFolder(folder);
      const checkpoints = await openCheckpoints(folder, true);
      const save = (state: RunState) =>
        checkpoints.save({ choices, digits: "0".repeat(64), state });
      bench.start();
      await trainTeam(
        team,
        { train: digits, validation: digits },
        { ...recipe, seed: 7 },
        // Stopped before its first batch, it keeps what it begins with.
        { checkpoints: { seconds: 0, save }, signal: AbortSignal.abort() },
      );
      bench.end();
      await checkpoints.remove();
      checkpoints.close();
      await Deno.remove(folder);
      team.close();
    },
  });
}
