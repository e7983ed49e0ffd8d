import { assertEquals } from "@std/assert";
import { findComponents } from "@lib/image/mod.ts";
import { drawn, uniform } from "./drawn_image.ts";

Deno.test("findComponents() gives box, area, and runs of each", () => {
  const mask = drawn([
    ".##...",
    "..#..#",
    "##...#",
  ]);
  assertEquals(findComponents(mask), [
    {
      x: 0,
      y: 0,
      width: 3,
      height: 3,
      area: 5,
      runs: [0, 1, 3, 1, 2, 3, 2, 0, 2],
    },
    { x: 5, y: 1, width: 1, height: 2, area: 2, runs: [1, 5, 6, 2, 5, 6] },
  ]);
});

Deno.test("findComponents() joins what meets further down", () => {
  const shapes = [
    ["#.#.#", "#.#.#", "#####"],
    ["#...#", ".#.#.", "..#.."],
    ["..#..", ".#.#.", "#...#"],
    ["#.###", "#.#.#", "###.#"],
  ];
  for (const rows of shapes) {
    const found = findComponents(drawn(rows));
    const area = rows.join("").replaceAll(".", "").length;
    assertEquals(found.map((each) => each.area), [area], rows.join(" "));
  }
});

Deno.test("findComponents() keeps apart what a column parts", () => {
  const found = findComponents(drawn(["##.##", "#...#", "##.##"]));
  assertEquals(found.map(({ x, area }) => [x, area]), [[0, 5], [3, 5]]);
});

Deno.test("findComponents() of nothing is empty, of all is one", () => {
  assertEquals(findComponents(uniform(3, 2, 0)), []);
  assertEquals(findComponents(uniform(3, 2, 255)).length, 1);
  assertEquals(findComponents(uniform(1, 1, 1))[0]!.runs, [0, 0, 1]);
});
