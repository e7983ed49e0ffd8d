/**
 * `deno task kernels`: builds the committed WebAssembly from its sources.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { writeWhole } from "../../files/mod.ts";
import { type Build, compileKernels } from "./compile.ts";

for (const build of ["relaxed", "strict"] satisfies Build[]) {
  const bytes = await compileKernels(build);
  const file = new URL(`./kernels_${build}.wasm`, import.meta.url);
  await writeWhole(fileURLToPath(file), bytes);
  console.log(`kernels_${build}.wasm: ${bytes.length} bytes`);
}
