import { benchGroup, benchTensor, startBench } from "./_bench_group.ts";
import { runShipped } from "./_wasm_backend.ts";
import { sumReference } from "./reference/sum.ts";
import { sum } from "./sum.ts";

const backend = await startBench();

for (const shape of [[16, 26, 26, 32], [128, 26, 26, 32], [128, 10]]) {
  const x = benchTensor(shape, 1);
  const values = x.dataSync<"float32">();
  const attrs = {
    axis: shape.slice(1).map((_, axis) => axis),
    keepDims: false,
  };
  benchGroup(
    `Sum [${shape}] over [${attrs.axis}]`,
    backend,
    () => sumReference(values, shape.at(-1)!),
    {
      shipped: () => runShipped("Sum", backend, { x }, { ...attrs }),
      ours: () => sum({ x }, attrs, backend),
    },
  );
}
