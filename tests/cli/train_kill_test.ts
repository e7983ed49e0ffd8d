/** Some kills; `deno task test:resume` has more. */

import { testThatNeeds, TMP } from "../needs.ts";
import { killRuns } from "./_killed_runs.ts";

testThatNeeds(
  { read: ["."], write: [TMP, "data/runs"], run: true },
  "deno task train, killed at three moments, goes on to the same bytes",
  async () => {
    await killRuns({
      kills: 3,
      seed: 3,
      digits: 1200,
      args: ["--architecture", "small", "--epochs", "3", "--batch-size", "50"],
    });
  },
);
