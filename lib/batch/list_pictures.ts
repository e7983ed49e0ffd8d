/**
 * Finds the pictures of a batch.
 *
 * @module
 */

import type { Picture, Root } from "./picture.ts";

/** How the names of pictures end; what they hold is seen when they are read. */
const PICTURE_NAME = /\.(png|jpe?g|webp|tiff?|bmp)$/i;

/**
 * Lists files as they are given, and all pictures below folders, in an order
 * that depends on nothing but names: by UTF-16 code units within a folder, what
 * is below a folder in the place of its name. Names that begin with a dot are
 * passed over, and so are links to folders, which may lead in circles.
 *
 * A folder that cannot be listed comes itself, for who reads it to say why.
 *
 * It holds the names of one folder, and of those that lead to it, at a time.
 */
export async function* listPictures(
  roots: Iterable<Root>,
): AsyncGenerator<Picture> {
  let index = 0;
  for (const root of roots) {
    for await (const { image, path } of below(root)) {
      index++;
      yield { index, image, path };
    }
  }
}

async function* below(root: Root): AsyncGenerator<Root> {
  if (!await isFolder(root.path)) {
    yield root;
    return;
  }
  const entries = await listFolder(root.path);
  if (entries === undefined) {
    yield root;
    return;
  }
  for (const { name, isDirectory, isSymlink } of entries) {
    const inside = {
      image: `${root.image.replace(/\/+$/, "")}/${name}`,
      path: `${root.path}/${name}`,
    };
    if (isDirectory) {
      yield* below(inside);
    } else if (!isSymlink || !await isFolder(inside.path)) {
      yield inside;
    }
  }
}

/** A file that is missing is left to those who read it. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}

/** The pictures and folders of a folder, sorted, where it can be listed. */
async function listFolder(path: string): Promise<Deno.DirEntry[] | undefined> {
  const entries: Deno.DirEntry[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      const { name, isDirectory } = entry;
      if (name.startsWith(".")) continue;
      if (isDirectory || PICTURE_NAME.test(name)) entries.push(entry);
    }
  } catch {
    return undefined;
  }
  return entries.sort((a, b) => a.name < b.name ? -1 : 1);
}
