/** How the rooms of `lib/` import one another, against the files. */

import { assertEquals, assertGreater } from "@std/assert";
import { testThatNeeds } from "./needs.ts";

const NEEDS = { read: ["lib"] };

/** Each room and the rooms that it may import: all of them stand before it. */
const ROOMS: Record<string, string[]> = {
  random: [],
  files: [],
  format: [],
  image: [],
  mnist: ["random", "files", "format"],
  kernels: ["random", "files"],
  model: ["random", "files", "kernels"],
  synth: ["random", "image", "mnist"],
  read: ["image"],
  train: [
    ...["random", "files", "format", "image", "mnist", "kernels", "model"],
    ...["synth", "read"],
  ],
  pad: ["image", "kernels", "model", "synth", "read"],
  batch: ["files", "format", "read"],
  queue: ["batch"],
  plot: ["format"],
  export: ["model"],
  bench: ["random", "format", "mnist", "kernels", "model", "train"],
  notebook: [
    ...[
      "random",
      "files",
      "format",
      "image",
      "mnist",
      "kernels",
      "model",
      "train",
    ],
    ...["read", "plot", "bench"],
  ],
  cli: [
    ...["random", "files", "format", "image", "mnist", "kernels", "model"],
    ...["train", "read", "pad", "batch", "queue", "plot", "synth", "bench"],
    ...["export", "notebook"],
  ],
};

testThatNeeds(NEEDS, "lib/ has the rooms that import one way", () => {
  const rooms = [...Deno.readDirSync("lib")].map(({ name }) => name);
  assertEquals(rooms.sort(), Object.keys(ROOMS).sort());
  const before: string[] = [];
  for (const [room, imported] of Object.entries(ROOMS)) {
    assertEquals(imported.filter((other) => !before.includes(other)), []);
    before.push(room);
  }
});

testThatNeeds(
  NEEDS,
  "lib/ imports no room that comes later, and nothing private to another",
  async () => {
    const wrong: string[] = [];
    let count = 0;
    for await (const { file, target } of imports("lib")) {
      count++;
      const [, room] = file.split("/") as [string, string];
      const [top, other, name] = target.split("/");
      const isAllowed = top === "lib" &&
        (other === room ||
          (ROOMS[room]!.includes(other!) && !name!.startsWith("_")));
      if (!isAllowed) wrong.push(`${file} imports ${target}`);
    }
    assertEquals(wrong, []);
    assertGreater(count, 100);
  },
);

/** The imports of other files of the project in the sources below a folder. */
async function* imports(
  folder: string,
): AsyncGenerator<{ file: string; target: string }> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const file = `${folder}/${name}`;
    if (isDirectory) yield* imports(file);
    if (!name.endsWith(".ts")) continue;
    const source = await Deno.readTextFile(file);
    // Behind an asterisk stand the examples.
    for (
      const [, specifier] of source.matchAll(
        /^(?! *\*).*(?:from |import |import\(|new URL\(\s*)"(\.{1,2}\/[^"]+\.ts)"/gm,
      )
    ) {
      const root = new URL("file:///");
      const { pathname } = new URL(specifier!, new URL(file, root));
      yield { file, target: pathname.slice(1) };
    }
  }
}
