/**
 * Jupyter with the Deno kernel, apart from a person's own settings.
 *
 * @module
 */

import { makeFolder, writeWhole } from "../files/mod.ts";

/**
 * Writes the kernel into a folder of its own, as `deno jupyter --install` does
 * into that of the person.
 *
 * @param home Made if it is not there; Jupyter keeps all its files below it.
 * @returns Environment variables for Jupyter: what it reads and writes.
 * @throws An error of `Deno.errors` that names the folder or file, if it cannot
 *   be written.
 */
export async function prepareJupyter(
  home: string,
): Promise<Record<string, string>> {
  const kernel = `${home}/data/kernels/deno`;
  await makeFolder(kernel);
  await writeWhole(
    `${kernel}/kernel.json`,
    JSON.stringify({
      argv: [Deno.execPath(), "jupyter", "--kernel", "--conn"]
        .concat("{connection_file}"),
      display_name: "Deno",
      language: "typescript",
      env: { NO_COLOR: "1" },
    }) + "\n",
  );
  return {
    JUPYTER_DATA_DIR: `${home}/data`,
    JUPYTER_CONFIG_DIR: `${home}/config`,
    JUPYTER_RUNTIME_DIR: `${home}/runtime`,
    IPYTHONDIR: `${home}/ipython`,
  };
}
