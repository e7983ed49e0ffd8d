/**
 * Compiles the AssemblyScript sources in `assembly/` to WebAssembly.
 *
 * @module
 */

/** Folder of the sources. */
const SOURCES = new URL("./assembly/", import.meta.url);

/** The two builds: `relaxed` fuses multiply and add, `strict` rounds twice. */
export type Build = "relaxed" | "strict";

/**
 * @returns The module's bytes, the same for the same sources.
 * @throws {SyntaxError} If the sources do not compile; it quotes the compiler.
 */
export async function compileKernels(
  build: Build,
): Promise<Uint8Array<ArrayBuffer>> {
  // Here, as the compiler looks at the environment as soon as it is loaded.
  const { default: asc } = await import("assemblyscript/asc");
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main([
    "index.ts",
    "--outFile",
    "kernels.wasm",
    "-O3",
    "--noAssert",
    "--runtime",
    "stub",
    // The backend's own memory: kernels read and write its tensors in place.
    "--importMemory",
    "--noExportMemory",
    // Every memory has a page, so that V8 need not look for the first one.
    "--initialMemory",
    "1",
    "--enable",
    build === "relaxed" ? "simd,relaxed-simd" : "simd",
  ], {
    readFile: (name) => readSource(name),
    writeFile: (_name, contents) => {
      bytes = new Uint8Array(contents as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error || !bytes) {
    throw new SyntaxError(
      `Cannot build the kernels as their sources must compile: ${stderr.toString()}`,
    );
  }
  return bytes;
}

/** null where there is no such file: the compiler then looks elsewhere. */
async function readSource(name: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(new URL(name, SOURCES));
  } catch (error) {
    const isAbsent = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isAbsent) return null;
    throw error;
  }
}
