/** What the repository says about its data, against the data. */

import { assertEquals } from "@std/assert";
import { makeSamples } from "@lib/cli/make_samples.ts";
import { parseLabels } from "@lib/read/mod.ts";
import { testThatNeeds } from "./needs.ts";

const SAMPLES = "data/samples";
const NEEDS = { read: ["data"] };

/** Names of the files in `data/samples/`, sorted. */
function sampleNames(): string[] {
  return [...Deno.readDirSync(SAMPLES)].map(({ name }) => name).sort();
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

testThatNeeds(
  NEEDS,
  "data/README.md lists each sample with its SHA-256",
  async () => {
    const readme = await Deno.readTextFile("data/README.md");
    const section = readme.split(/^## /m)
      .find((part) => part.startsWith(SAMPLES))!;
    const listed = [...section.matchAll(/^\| `(\S+)` .*`([0-9a-f]{64})`/gm)]
      .map(([, name, hash]) => [name!, hash!]);
    const found = await Promise.all(
      sampleNames().map(async (name) => [
        name,
        await sha256(await Deno.readFile(`${SAMPLES}/${name}`)),
      ]),
    );
    assertEquals(listed.sort(), found);
  },
);

testThatNeeds(NEEDS, "data/samples/labels.tsv lists each picture", async () => {
  const labels = parseLabels(await Deno.readTextFile(`${SAMPLES}/labels.tsv`));
  assertEquals(
    labels.map(({ file }) => file).sort(),
    sampleNames().filter((name) => name !== "labels.tsv"),
  );
});

testThatNeeds(
  NEEDS,
  "makeSamples() makes data/samples to the byte",
  async () => {
    const samples = await makeSamples();
    assertEquals([...samples.keys()].sort(), sampleNames());
    for (const [name, bytes] of samples) {
      assertEquals(
        await sha256(bytes.slice()),
        await sha256(await Deno.readFile(`${SAMPLES}/${name}`)),
        `${name} differs`,
      );
    }
  },
);
