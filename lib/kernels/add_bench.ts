import { benchGroup, benchTensor, startBench } from "./_bench_group.ts";
import { runShipped } from "./_wasm_backend.ts";
import { add } from "./add.ts";
import { addReference } from "./reference/add.ts";

const backend = await startBench();

for (const shape of [[16, 26, 26, 32], [128, 26, 26, 32], [128, 10]]) {
  const a = benchTensor(shape, 1);
  const b = benchTensor(shape.slice(-1), 2);
  const values = a.dataSync<"float32">();
  const bias = b.dataSync<"float32">();
  benchGroup(
    `Add [${shape}] + [${shape.at(-1)}]`,
    backend,
    () => addReference(values, bias),
    {
      shipped: () => runShipped("Add", backend, { a, b }, {}),
      ours: () => add({ a, b }, {}, backend),
    },
  );
}
