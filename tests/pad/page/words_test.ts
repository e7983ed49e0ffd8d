import { assertEquals } from "@std/assert";
import { noteOf, percent, spoken } from "@lib/pad/page/words.js";

/** An answer whose digits have nothing but themselves. */
function answer(text: string, confidence = 0.98) {
  const lines = text === "" ? [] : text.split("\n").map((row) => ({
    digits: [...row].filter((sign) => sign !== " ").map((sign) => ({
      digit: Number(sign === "?" ? 0 : sign),
      confidence,
      rejected: sign === "?",
      box: [0, 0, 1, 1] as [number, number, number, number],
    })),
  }));
  return { text, confidence, lines, width: 1, height: 1, milliseconds: 41.6 };
}

Deno.test("noteOf() says how sure it is of all digits, and how long it took", () => {
  assertEquals(noteOf(answer("5")), "Read in 42\u00a0ms.");
  assertEquals(
    noteOf(answer("52\n83")),
    "All digits right: 98\u00a0%. Read in 42\u00a0ms.",
  );
  assertEquals(noteOf(answer("")), "No digit found, in 42\u00a0ms.");
});

Deno.test("spoken() says digit by digit", () => {
  assertEquals(spoken(answer("5283")), "Read 5 2 8 3. 98\u00a0% sure");
  assertEquals(
    spoken(answer("5 2?\n83")),
    "Read 5 2 unsure, next row 8 3. 98\u00a0% sure",
  );
  assertEquals(spoken(answer("")), "No digit found");
});

Deno.test("percent() calls nothing certain that is not", () => {
  assertEquals([1, 0.9999, 0.5, 0].map(percent), [
    ...["100\u00a0%", "99\u00a0%", "50\u00a0%", "0\u00a0%"],
  ]);
});
