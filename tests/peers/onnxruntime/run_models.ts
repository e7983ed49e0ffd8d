/**
 * Runs ONNX files on ONNX Runtime, in a process of its own.
 *
 *     deno run --config tests/peers/onnxruntime/deno.json --allow-ffi … FOLDER
 *
 * The folder holds `NAME.onnx` files and `images.f32`, floats [count, 784]. For
 * each file it writes `NAME.logits.f32` and `NAME.probabilities.f32`, and prints
 * which runtime it was. The first image goes through alone, the others at once,
 * as the batch may be of any size.
 *
 * The runtime is native code of 290 MB: so it stands in a configuration of its
 * own, and no other task fetches it.
 *
 * @module
 */

/** What is used of the package. */
interface Runtime {
  InferenceSession: {
    create(path: string): Promise<{
      run(feeds: Record<string, unknown>): Promise<
        Record<"logits" | "probabilities", { data: Float32Array<ArrayBuffer> }>
      >;
    }>;
  };
  Tensor: new (type: "float32", data: Float32Array, dims: number[]) => unknown;
  env: { versions: { node: string } };
}

// In a variable, so that no other task's graph of modules has it.
const name: string = "onnxruntime-node";
const { InferenceSession, Tensor, env }: Runtime = await import(name);

const folder = Deno.args[0]!;
const images = new Float32Array(
  (await Deno.readFile(`${folder}/images.f32`)).buffer,
);
const parts = [images.subarray(0, 784), images.subarray(784)];

for await (const { name: file } of Deno.readDir(folder)) {
  if (!file.endsWith(".onnx")) continue;
  const session = await InferenceSession.create(`${folder}/${file}`);
  const results = [];
  for (const part of parts) {
    const x = new Tensor("float32", part, [part.length / 784, 1, 28, 28]);
    results.push(await session.run({ images: x }));
  }
  for (const output of ["logits", "probabilities"] as const) {
    const path = `${folder}/${file.slice(0, -5)}.${output}.f32`;
    const values = new Blob(results.map((result) => result[output].data));
    await Deno.writeFile(path, await values.bytes());
  }
}
console.log(env.versions.node);
