import { assert, assertEquals } from "@std/assert";
import { testThatNeeds } from "../needs.ts";

const NOTEBOOK = "notebooks/05_drawing_pad.ipynb";

interface Cell {
  outputs?: { output_type: string; data?: Record<string, string | string[]> }[];
}

testThatNeeds(
  { read: [NOTEBOOK] },
  "The pad's notebook holds a still picture, and no address of a server",
  async () => {
    const text = await Deno.readTextFile(NOTEBOOK);
    const { cells }: { cells: Cell[] } = JSON.parse(text);
    const outputs = cells.flatMap((cell) => cell.outputs ?? []);
    assert(!outputs.some(({ output_type }) => output_type === "error"));
    const shown = outputs.filter(({ data }) => data !== undefined);
    assertEquals(shown.map(({ data }) => Object.keys(data!)), [
      ["image/png", "text/plain"],
      ["text/plain"],
    ]);
    const printed = JSON.stringify(outputs);
    assert(printed.includes("the pad needs the running kernel"));
    assert(!/127\.0\.0\.1:\d/.test(printed));
  },
);
