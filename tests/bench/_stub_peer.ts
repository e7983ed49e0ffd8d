/**
 * Speaks like `tests/peers/pytorch_cnn.py`, without PyTorch: images are counted
 * by the seconds that are asked for.
 *
 * Its argument says how it behaves: `well`, `leaves` after its greeting, or
 * `lacks` PyTorch.
 *
 * @module
 */

const say = (value: unknown) => console.log(JSON.stringify(value));
const candidate = (piece: string, threads: number) => ({
  piece,
  threads,
  blasThreads: null,
  format: "contiguous",
  optimized: false,
  batch: 128,
});

if (Deno.args[0] === "lacks") {
  console.error("Traceback\npython: No module named 'torch'");
  Deno.exit(1);
}
say({
  version: "0.0",
  python: "stub",
  oneDnn: null,
  cpuCapability: null,
  blas: null,
  config: "",
});
if (Deno.args[0] === "leaves") {
  console.error("Killed");
  Deno.exit(137);
}

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
let rest = "";
for await (const text of lines) {
  const parts = (rest + text).split("\n");
  rest = parts.pop()!;
  for (const part of parts) {
    const request = JSON.parse(part);
    if ("images" in request) {
      // The last candidate tells by its batch how much has arrived.
      say({
        candidates: [
          candidate("train", 1),
          candidate("forward", 1),
          {
            ...candidate("forward", request.threads),
            batch: atob(request.images).length + request.labels.length,
          },
        ],
      });
    } else {
      const { candidate, seconds } = request;
      say({ images: 1000 * (candidate + 1) * seconds, seconds });
    }
  }
}
