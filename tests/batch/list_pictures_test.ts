import { resolve } from "node:path";
import { assertEquals } from "@std/assert";
import { listPictures, type Root } from "@lib/batch/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const NEEDS = { read: [TMP], write: [TMP] };

/** The names that it lists, without the folder that all are in. */
async function list(folder: string, ...names: string[]): Promise<string[]> {
  const roots: Root[] = names.map((name) => ({
    image: `${folder}/${name}`,
    path: resolve(folder, name),
  }));
  const found: string[] = [];
  for await (const { index, image, path } of listPictures(roots)) {
    assertEquals([resolve(image), index], [path, found.length + 1]);
    found.push(image.slice(folder.length + 1));
  }
  return found;
}

testThatNeeds(
  NEEDS,
  "listPictures() finds pictures below a folder, in the order of their names",
  () =>
    withTempFolder(async (folder) => {
      await Deno.mkdir(`${folder}/p/b/deep`, { recursive: true });
      await Deno.mkdir(`${folder}/p/.hidden`);
      await Deno.mkdir(`${folder}/p/b.png`);
      const files = [
        ...["p/a.PNG", "p/c.jpeg", "p/B.tif", "p/b/2.webp", "p/b/10.bmp"],
        ...["p/b/deep/x.jpg", "p/labels.tsv", "p/.a.png", "p/.hidden/y.png"],
        ...["p/png", "p/b.png/é.tiff", "p/b.png/z.png"],
      ];
      for (const file of files) {
        await Deno.writeTextFile(`${folder}/${file}`, "");
      }
      const wanted = [
        ...["p/B.tif", "p/a.PNG", "p/b/10.bmp", "p/b/2.webp", "p/b/deep/x.jpg"],
        ...["p/b.png/z.png", "p/b.png/é.tiff", "p/c.jpeg"],
      ];
      assertEquals(await list(folder, "p"), wanted);
      assertEquals(await list(folder, "p/"), wanted);
      assertEquals(await list(folder, "p/c.jpeg", "p/labels.tsv", "p/b/deep"), [
        ...["p/c.jpeg", "p/labels.tsv", "p/b/deep/x.jpg"],
      ]);
    }),
);

testThatNeeds(
  NEEDS,
  "listPictures() leaves what is missing to those who read it",
  () =>
    withTempFolder(async (folder) => {
      await Deno.mkdir(`${folder}/empty`);
      assertEquals(await list(folder, "missing", "empty"), ["missing"]);
    }),
);
