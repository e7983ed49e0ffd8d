/** A notebook's file, as far as the tests look at it. @module */

/** What a cell has left under it. */
export interface CellOutput {
  output_type: "display_data" | "execute_result" | "stream" | "error";
  /** Of a stream. */
  text?: string | string[];
  /** By format. */
  data?: Record<string, unknown>;
}

/** A cell of words or of code. */
export interface Cell {
  cell_type: "markdown" | "code";
  source: string | string[];
  metadata: Record<string, unknown>;
  execution_count?: number | null;
  outputs?: CellOutput[];
}

/** The whole file. */
export interface Notebook {
  cells: Cell[];
}

/** Where the notebooks lie. */
export const FOLDER = "notebooks";

/** Names of all notebooks, in reading order. */
export function notebookNames(): string[] {
  return [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort();
}

/** Reads a notebook. */
export async function readNotebook(path: string): Promise<Notebook> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** Text that the format holds whole or in lines. */
export function joined(text: unknown): string {
  return Array.isArray(text) ? text.join("") : `${text}`;
}

/** The cells that run. */
export function codeCells({ cells }: Notebook): Cell[] {
  return cells.filter(({ cell_type }) => cell_type === "code");
}

/** The kinds of outputs that a cell has: `display_data image/png text/plain`. */
export function outputKinds({ outputs = [] }: Cell): string[] {
  return outputs.map(({ output_type, data = {} }) =>
    [output_type, ...Object.keys(data).sort()].join(" ")
  );
}
