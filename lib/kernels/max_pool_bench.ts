import { benchGroup, benchTensor, startBench } from "./_bench_group.ts";
import { poolInfo } from "./_pool_info.ts";
import { runShipped } from "./_wasm_backend.ts";
import { maxPool } from "./max_pool.ts";
import { maxPoolGrad } from "./max_pool_grad.ts";
import { maxPoolReference } from "./reference/max_pool.ts";
import { maxPoolGradReference } from "./reference/max_pool_grad.ts";

const backend = await startBench();

for (const shape of [[16, 26, 26, 32], [16, 11, 11, 64], [128, 26, 26, 32]]) {
  for (
    const attrs of [
      { filterSize: 2, strides: 2, pad: "valid" as const },
      { filterSize: 3, strides: 2, pad: "same" as const },
    ]
  ) {
    const info = poolInfo(shape, attrs);
    const x = benchTensor(shape, 1);
    const dy = benchTensor(info.outShape, 2);
    const values = x.dataSync<"float32">();
    const gradients = dy.dataSync<"float32">();
    const name = `x=[${shape}] f=${attrs.filterSize} s=${attrs.strides}`;
    benchGroup(
      `MaxPool ${name}`,
      backend,
      () => maxPoolReference(values, info),
      {
        shipped: () => runShipped("MaxPool", backend, { x }, { ...attrs }),
        ours: () => maxPool({ x }, attrs, backend),
      },
    );
    const inputs = { dy, input: x };
    benchGroup(
      `MaxPoolGrad ${name}`,
      backend,
      () => maxPoolGradReference(values, gradients, info),
      {
        shipped: () => runShipped("MaxPoolGrad", backend, inputs, { ...attrs }),
        ours: () => maxPoolGrad(inputs, attrs, backend),
      },
    );
  }
}
