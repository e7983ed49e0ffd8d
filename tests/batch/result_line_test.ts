import { assertEquals } from "@std/assert";
import { isErrorLine, lineStart, resultLine } from "@lib/batch/mod.ts";

const PICTURE = { index: 12, image: 'a "b", c\nd.png', path: "/x.png" };
const READING = {
  ...{ text: "1 2\n3", confidence: 0.25, turned: 90 as const, lines: [] },
};

Deno.test("resultLine() is one line, whatever the name", () => {
  assertEquals(
    resultLine("json", PICTURE, READING),
    JSON.stringify({ index: 12, image: PICTURE.image, ...READING }),
  );
  assertEquals(
    resultLine("csv", PICTURE, READING),
    '12,"a ""b"", c d.png",1 2|3,0.25,90,',
  );
  const error = 'Cannot: "x"';
  assertEquals(
    resultLine("json", PICTURE, { error }),
    JSON.stringify({ index: 12, image: PICTURE.image, error }),
  );
  assertEquals(
    resultLine("csv", PICTURE, { error }),
    '12,"a ""b"", c d.png",,,,"Cannot: ""x"""',
  );
});

Deno.test("lineStart() and isErrorLine() know lines again", () => {
  for (const format of ["json", "csv"] as const) {
    for (const outcome of [READING, { error: "Cannot, at all" }]) {
      const line = resultLine(format, PICTURE, outcome);
      assertEquals(line.startsWith(lineStart(format, PICTURE)), true);
      assertEquals(isErrorLine(format, PICTURE, line), "error" in outcome);
    }
  }
});
