import { assertEquals } from "@std/assert";
import { editDistance } from "@lib/read/edit_distance.ts";

Deno.test("editDistance() counts what to insert, delete and replace", () => {
  const cases: [string, string, number][] = [
    ["5283", "5283", 0],
    ["5283", "528", 1], // one missing
    ["5283", "15283", 1], // one too many
    ["5283", "5233", 1], // one misread
    ["5283", "2835", 2], // the 5 taken away in front and put behind
    ["12", "21", 2], // a swap is two replaced
    ["0123456789", "", 10],
    ["", "", 0],
    ["saturday", "sunday", 3], // +a +t, r for n
  ];
  for (const [from, to, expected] of cases) {
    assertEquals(editDistance(from, to), expected, `${from} → ${to}`);
    assertEquals(editDistance(to, from), expected, `${to} → ${from}`);
  }
});
