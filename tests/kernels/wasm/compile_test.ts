import { assert, assertEquals } from "@std/assert";
import { compileKernels } from "@lib/kernels/wasm/compile.ts";
import relaxed from "@lib/kernels/wasm/kernels_relaxed.wasm" with {
  type: "bytes",
};
import strict from "@lib/kernels/wasm/kernels_strict.wasm" with {
  type: "bytes",
};
import { testThatNeeds } from "../../needs.ts";

const NEEDS = {
  read: ["lib/kernels/wasm/assembly"],
  env: ["CI", "COLORTERM"],
};

testThatNeeds(NEEDS, "compileKernels() gives the committed bytes", async () => {
  const told = "run `deno task kernels` and commit what it writes";
  assertEquals(await compileKernels("relaxed"), new Uint8Array(relaxed), told);
  assertEquals(await compileKernels("strict"), new Uint8Array(strict), told);
});

Deno.test("compileKernels() has left data segments and start functions out", () => {
  for (const bytes of [relaxed, strict]) {
    const module = new WebAssembly.Module(bytes);
    const imports = WebAssembly.Module.imports(module);
    assertEquals(imports.map(({ name }) => name), ["memory"]);
    // Section ids: 8 start, 11 data.
    assert(!sectionsOf(bytes).some((id) => id === 8 || id === 11));
  }
});

/** The ids of a module's sections. */
function sectionsOf(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    ids.push(bytes[at++]!);
    let length = 0;
    for (let shift = 0;; shift += 7) {
      const byte = bytes[at++]!;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += length;
  }
  return ids;
}
