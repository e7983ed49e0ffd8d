import { assert, assertEquals } from "@std/assert";
import { measure, type Spread } from "@lib/bench/mod.ts";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import { testThatNeeds } from "../needs.ts";

/** Images of noise. */
function noise(count: number) {
  const random = createRandom(5);
  return {
    images: Uint8Array.from({ length: count * 784 }, () => random.uint32()),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
  };
}

const isSpread = ({ median, min, max }: Spread) =>
  min > 0 && min <= median && median <= max && max < Infinity;

testThatNeeds(
  { read: ["lib", "tests"], run: true },
  "measure() measures everything, PyTorch in another process",
  async () => {
    await startWasmBackend();
    registerTrainingKernels();
    const rounds: number[] = [];
    const result = await measure(noise(1024), {
      data: "Noise",
      workers: 2,
      rounds: 2,
      seconds: 1e-3,
      seed: 7,
      pythons: [
        ["no/such/python"],
        [Deno.execPath(), "run", "tests/bench/_stub_peer.ts", "well"],
      ],
      onRound: (round) => rounds.push(round),
    });
    assertEquals(rounds, [1, 2]);
    assertEquals(result.workers, [1, 2]);
    assertEquals([result.data, result.batch, result.shard], ["Noise", 128, 16]);
    const spreads = [
      ...Object.values(result.trainImagesPerSecond),
      ...Object.values(result.forwardImagesPerSecond),
      result.composedImagesPerSecond,
      result.workerSpeedup,
      result.independentImagesPerSecond,
      result.independentSpeedup,
      result.wasmPeakGflops,
      result.convShareOfPeak,
      result.trainRatioToPyTorch!,
      result.forwardRatioToPyTorchOneThread!,
      ...result.kernels.flatMap(({ microseconds, gflops }) => [
        microseconds,
        gflops,
      ]),
    ];
    assert(spreads.every(isSpread));
    // The stand-in's figures are its candidates' numbers, in thousands.
    assertEquals(
      result.pytorch!.candidates.map(({ imagesPerSecond }) =>
        Math.round(imagesPerSecond.median)
      ),
      [1000, 2000, 3000],
    );
    assert(result.peakMemoryMB > 10);
  },
);
