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
  for (const name of entries.names) {
    const inside = {
      image: `${root.image.replace(/\/+$/, "")}/${name}`,
      path: `${root.path}/${name}`,
    };
    if (entries.folders.has(name)) yield* below(inside);
    else if (!entries.links.has(name) || !await isFolder(inside.path)) {
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

/** What is in a folder. */
interface Entries {
  /** Of pictures and folders, sorted: no more, as there may be a million. */
  names: string[];
  folders: Set<string>;
  links: Set<string>;
}

/** Undefined where it cannot be listed. */
async function listFolder(path: string): Promise<Entries | undefined> {
  const [names, folders, links] = [
    [] as string[],
    new Set<string>(),
    new Set<string>(),
  ];
  try {
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(path)) {
      if (name.startsWith(".")) continue;
      if (!isDirectory && !PICTURE_NAME.test(name)) continue;
      names.push(name);
      if (isDirectory) folders.add(name);
      if (isSymlink) links.add(name);
    }
  } catch {
    return undefined;
  }
  return { names: names.sort(), folders, links };
}
