import { assertEquals } from "@std/assert";
import { choosePaths, type Path } from "@lib/read/mod.ts";
import type { Edge } from "@lib/read/mod.ts";

const path = (price: number): Path<Edge> => ({ edges: [], price });
const prices = (
  rows: (Path<Edge> | undefined)[][],
  length?: number,
) => choosePaths(rows, length).map((chosen) => chosen?.price);

Deno.test("choosePaths() takes the cheapest of each row", () => {
  assertEquals(prices([[path(5), undefined, path(2)], [path(1)]]), [2, 1]);
  assertEquals(prices([]), []);
  assertEquals(prices([[]]), [undefined]);
});

Deno.test("choosePaths() takes the cheapest rows of that length together", () => {
  const rows = [
    [path(0), path(2), path(9)],
    [path(3), path(1), undefined, path(4)],
  ];
  assertEquals(prices(rows, 0), [0, 3]);
  assertEquals(prices(rows, 1), [0, 1]);
  assertEquals(prices(rows, 2), [2, 1]);
  assertEquals(prices(rows, 3), [0, 4]);
  assertEquals(prices(rows, 4), [2, 4]);
});

Deno.test("choosePaths() comes as near to the length as it can", () => {
  const rows = [[undefined, path(2)], [], [path(3), undefined, path(4)]];
  assertEquals(prices(rows, 9), [2, undefined, 4]);
  assertEquals(prices(rows, 0), [2, undefined, 3]);
});
