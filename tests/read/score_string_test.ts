import { assertEquals } from "@std/assert";
import { scoreString } from "@lib/read/mod.ts";

Deno.test("scoreString() leaves white space out", () => {
  const right = { outcome: "right" as const, digits: 4, errors: 0 };
  assertEquals(scoreString("5283", "5283"), right);
  assertEquals(scoreString("5283", "52 8\n3"), right);
});

Deno.test("scoreString() tells a wrong reading from one that says so", () => {
  const score = (text: string) => {
    const { outcome, errors } = scoreString("5283", text);
    return [outcome, errors];
  };
  assertEquals(score("5233"), ["wrong", 1]);
  assertEquals(score("528"), ["wrong", 1]);
  assertEquals(score("52833"), ["wrong", 1]);
  assertEquals(score(""), ["wrong", 4]);
  assertEquals(score("52?3"), ["rejected", 1]);
  assertEquals(score("5?33"), ["rejected", 2]);
  assertEquals(score("5283?"), ["rejected", 1]);
});
