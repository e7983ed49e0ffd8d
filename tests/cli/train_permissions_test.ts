import { assertEquals } from "@std/assert";
import { MIRRORS } from "@lib/mnist/mod.ts";
import config from "../../deno.json" with { type: "json" };
import { testThatNeeds } from "../needs.ts";

/** The flags of the task, without what they are of. */
const FLAGS = config.tasks.train.command.split(" ")
  .filter((word) => word.startsWith("--"));

Deno.test("deno task train may reach the mirrors of MNIST and write the runs and MNIST, and no more", () => {
  const hosts = MIRRORS.map((url) => `${new URL(url).hostname}:443`);
  assertEquals(FLAGS, [
    "--no-remote",
    "--allow-read",
    "--allow-write=data/runs,data/mnist",
    `--allow-net=${hosts}`,
    "--allow-env=INIT_CWD",
  ]);
});

testThatNeeds(
  { read: ["."], run: true },
  "deno task train is refused whatever else it tries",
  async () => {
    const probe = "tests/cli/_train_probe.ts";
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", ...FLAGS, probe],
    }).output();
    const err = new TextDecoder().decode(stderr);
    assertEquals([code, err], [0, ""]);
    assertEquals(JSON.parse(new TextDecoder().decode(stdout)), []);
  },
);
