import { assert, assertEquals, assertRejects } from "@std/assert";
import { type PyTorchPeer, startPyTorch } from "@lib/bench/mod.ts";
import { testThatNeeds } from "../needs.ts";

const NEEDS = { run: true };

function stub(behavior: string): [program: string, ...args: string[]] {
  return [Deno.execPath(), "run", "tests/bench/_stub_peer.ts", behavior];
}

async function start(behavior: string): Promise<PyTorchPeer> {
  const peer = await startPyTorch([stub(behavior)]);
  assert("build" in peer);
  return peer;
}

const TASK = {
  digits: { images: new Uint8Array(2 * 784), labels: Uint8Array.of(3, 4) },
  batch: 2,
  threads: 5,
  seed: 7,
};

testThatNeeds(
  NEEDS,
  "startPyTorch() takes the first command that has PyTorch",
  async () => {
    const peer = await startPyTorch([stub("lacks"), stub("well")]);
    assert("build" in peer);
    assertEquals([peer.build.version, peer.build.python], ["0.0", "stub"]);
    await peer.close();
  },
);

testThatNeeds(
  NEEDS,
  "startPyTorch() tells what each command lacks",
  async () => {
    // The second is no program that may be run here, if it is one at all.
    assertEquals(await startPyTorch([stub("lacks"), ["no/such/python"]]), {
      reasons: [
        "python: No module named 'torch'",
        "no/such/python cannot be run",
      ],
    });
  },
);

testThatNeeds(
  NEEDS,
  "startPyTorch() hands over the digits and times each candidate",
  async () => {
    const peer = await start("well");
    const candidates = await peer.prepare(TASK);
    assertEquals(
      candidates.map(({ piece, threads }) => `${piece} ${threads}`),
      ["train 1", "forward 1", "forward 5"],
    );
    assertEquals(candidates[2]!.batch, 2 * 784 + 2);
    assertEquals(await peer.run(0, 0.5), 1000);
    assertEquals(await peer.run(2, 0.25), 3000);
    await peer.close();
  },
);

testThatNeeds(
  NEEDS,
  "startPyTorch() says what a process said that ended too early",
  async () => {
    const peer = await start("leaves");
    await assertRejects(
      () => peer.prepare(TASK),
      Error,
      "Cannot time PyTorch as its process must answer to the end: Killed",
    );
    await peer.close();
  },
);
