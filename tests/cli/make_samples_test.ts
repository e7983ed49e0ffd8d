import { assertEquals } from "@std/assert";
import { makeSamples } from "@lib/cli/make_samples.ts";
import { testThatNeeds } from "../needs.ts";

testThatNeeds(
  { read: ["data"] },
  "makeSamples() makes data/samples to the byte",
  async () => {
    const samples = await makeSamples();
    const names = [...Deno.readDirSync("data/samples")].map(({ name }) => name);
    assertEquals([...samples.keys()].sort(), names.sort());
    for (const [name, bytes] of samples) {
      const kept = await Deno.readFile(`data/samples/${name}`);
      assertEquals(bytes.length, kept.length, `${name} has another length`);
      const first = bytes.findIndex((byte, i) => byte !== kept[i]);
      assertEquals(first, -1, `${name} differs from byte ${first}`);
    }
  },
);
