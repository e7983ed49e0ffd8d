import { assertEquals, assertStrictEquals } from "@std/assert";
import { exportSafetensors } from "@lib/export/mod.ts";
import { startWasmBackend } from "@lib/kernels/mod.ts";
import { createModel } from "@lib/model/mod.ts";

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

Deno.test("exportSafetensors() writes each weight where the header says", async () => {
  await startWasmBackend();
  const model = createModel("best", 7);
  const file = await exportSafetensors(model, { license: "MIT" });
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  assertEquals(length % 8, 0);
  const { __metadata__, ...entries } = JSON.parse(
    new TextDecoder().decode(file.subarray(8, 8 + length)),
  ) as Record<string, Entry>;
  const data = file.slice(8 + length);

  assertEquals(
    Object.values(entries).map(({ dtype, shape }) => [dtype, ...shape]),
    model.weights.map(({ shape }) => ["F32", ...shape]),
  );
  let end = 0;
  for (const [index, entry] of Object.values(entries).entries()) {
    const [from, to] = entry.data_offsets;
    assertEquals(from, end);
    end = to;
    const values = new Float32Array(data.slice(from, to).buffer);
    const weight = model.weights[index]!;
    assertEquals(values, weight.read().dataSync<"float32">());
    assertStrictEquals(entries[weight.originalName], entry);
  }
  assertEquals(end, data.length);

  // Words by name, and nothing else.
  const words = __metadata__ as unknown as Record<string, string>;
  for (const value of Object.values(words)) {
    assertEquals(typeof value, "string");
  }
  assertEquals([words["classes"], words["accuracy"]], ["11", "not recorded"]);
  const { class_name, config } = JSON.parse(words["architecture"]!);
  assertEquals([class_name, config.layers.length], ["Sequential", 19]);
  model.dispose();
});

Deno.test("exportSafetensors() gives the same bytes for the same model", async () => {
  await startWasmBackend();
  const model = createModel("small", 7);
  const [first, second] = [
    await exportSafetensors(model, { license: "MIT" }),
    await exportSafetensors(model, { license: "MIT" }),
  ];
  assertEquals(first, second);
  model.dispose();
});
