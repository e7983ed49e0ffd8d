/** What the repository says about its data, against the data. */

import { assertEquals } from "@std/assert";
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
  "data/model/README.md and data/README.md have the SHA-256 of the other files",
  async () => {
    const model = await Deno.readTextFile("data/model/README.md");
    const data = await Deno.readTextFile("data/README.md");
    const cases: [path: string, text: string][] = [
      ["data/model/model.json", model],
      ["data/model/weights.bin", model],
      ["data/recognized.webp", data],
      ["data/misread.webp", data],
      ["data/vectors/preprocessing.json", data],
    ];
    for (const [path, text] of cases) {
      const hash = await sha256(await Deno.readFile(path));
      assertEquals([path, text.includes(`\`${hash}\``)], [path, true]);
    }
  },
);
