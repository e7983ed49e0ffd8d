import { assertEquals } from "@std/assert";
import { pictureLine } from "@lib/cli/picture_line.ts";
import { readingText } from "@lib/cli/reading_text.ts";
import type { Reading } from "@lib/read/mod.ts";

const PICTURE = { index: 2, image: "p/a.png", path: "/p/a.png" };

function reading(...texts: string[]): Reading {
  const lines = texts.map((text) => ({ text, confidence: 1, digits: [] }));
  return { text: texts.join("\n"), confidence: 1, turned: 0, lines };
}

Deno.test("readingText() says how many rows there are", () => {
  const texts = [reading(), reading("12"), reading("12", "3?")].map((each) =>
    readingText("a.png", each)
  );
  assertEquals(texts, [
    "No digits found in a.png",
    "Predicted number: 12",
    "Predicted numbers:\n12\n3?",
  ]);
});

Deno.test("pictureLine() names the picture, for a person and for a program", () => {
  assertEquals(pictureLine("text", PICTURE, reading("12")), {
    line: "p/a.png:\nPredicted number: 12",
    error: undefined,
  });
  assertEquals(pictureLine("csv", PICTURE, reading("12")), {
    line: "2,p/a.png,12,1,0,",
    error: undefined,
  });
  const error = "Cannot read it";
  assertEquals(pictureLine("text", PICTURE, { error }), {
    line: "Error: p/a.png: Cannot read it",
    error,
  });
  assertEquals(pictureLine("json", PICTURE, { error }), {
    line: '{"index":2,"image":"p/a.png","error":"Cannot read it"}',
    error,
  });
});
