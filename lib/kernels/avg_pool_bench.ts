import { benchGroup, benchTensor, startBench } from "./_bench_group.ts";
import { poolInfo } from "./_pool_info.ts";
import { runShipped } from "./_wasm_backend.ts";
import { avgPool } from "./avg_pool.ts";
import { avgPoolGrad } from "./avg_pool_grad.ts";
import { avgPoolReference } from "./reference/avg_pool.ts";
import { avgPoolGradReference } from "./reference/avg_pool_grad.ts";

const backend = await startBench();
const attrs = { filterSize: 2, strides: 2, pad: "valid" as const };

for (const shape of [[16, 26, 26, 32], [128, 26, 26, 32]]) {
  const info = poolInfo(shape, attrs);
  const x = benchTensor(shape, 1);
  const dy = benchTensor(info.outShape, 2);
  const values = x.dataSync<"float32">();
  const gradients = dy.dataSync<"float32">();
  benchGroup(
    `AvgPool x=[${shape}] f=2 s=2`,
    backend,
    () => avgPoolReference(values, info),
    {
      shipped: () => runShipped("AvgPool", backend, { x }, { ...attrs }),
      ours: () => avgPool({ x }, attrs, backend),
    },
  );
  const inputs = { dy, input: x };
  benchGroup(
    `AvgPoolGrad x=[${shape}] f=2 s=2`,
    backend,
    () => avgPoolGradReference(gradients, info),
    {
      shipped: () => runShipped("AvgPoolGrad", backend, inputs, { ...attrs }),
      ours: () => avgPoolGrad(inputs, attrs, backend),
    },
  );
}
