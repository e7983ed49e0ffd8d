import { assertEquals, assertThrows } from "@std/assert";
import { parseLabels } from "@lib/read/labels.ts";

Deno.test("parseLabels() finds its columns by name and leaves out others", () => {
  const text = [
    "tags\tsource\tfile\tlines",
    "thin,tilt\tphone\ta.jpg\t12 34|56",
    "\tscan\tb.png\t7",
    "blank\tscan\tc.png\t",
  ].join("\n");
  assertEquals(parseLabels(text), [
    { file: "a.jpg", rows: ["12 34", "56"], tags: ["thin", "tilt"] },
    { file: "b.png", rows: ["7"], tags: [] },
    { file: "c.png", rows: [], tags: ["blank"] },
  ]);
});

Deno.test("parseLabels() reads the line ends of Windows", () => {
  assertEquals(parseLabels("file\tlines\ttags\r\na.jpg\t1\tthin\r\n"), [
    { file: "a.jpg", rows: ["1"], tags: ["thin"] },
  ]);
});

Deno.test("parseLabels() of a header alone holds no label", () => {
  assertEquals(parseLabels("file\tlines\ttags\n"), []);
});

Deno.test("parseLabels() rejects a header without one of its columns", () => {
  assertThrows(
    () => parseLabels("file\tlines\na.jpg\t1"),
    SyntaxError,
    "Cannot parse the labels as line 1 must name the columns file, lines and tags: current columns are [file,lines]",
  );
  assertThrows(() => parseLabels(""), SyntaxError, "current columns are []");
});

Deno.test("parseLabels() rejects a row with too few or too many cells", () => {
  assertThrows(
    () => parseLabels("file\tlines\ttags\na.jpg\t1\tthin\nb.jpg\t2"),
    SyntaxError,
    "Cannot parse the labels as line 3 must have 3 cells: current count is 2",
  );
  assertThrows(
    () => parseLabels("file\tlines\ttags\na.jpg\t1\tthin\tphoto"),
    SyntaxError,
    "line 2 must have 3 cells: current count is 4",
  );
});

Deno.test("parseLabels() rejects a row that names no file", () => {
  assertThrows(
    () => parseLabels("file\tlines\ttags\n\t1\tthin"),
    SyntaxError,
    "Cannot parse the labels as line 2 must name a file: current cell is empty",
  );
});

Deno.test("parseLabels() rejects lines that are not digits", () => {
  assertThrows(
    () => parseLabels("file\tlines\ttags\na.jpg\t12|3O\tthin"),
    SyntaxError,
    `Cannot parse the labels as the lines in line 2 must be digits, spaces and |: current lines are "12|3O"`,
  );
});

Deno.test("parseLabels() passes over a byte order mark", () => {
  const labels = parseLabels("\ufefffile\tlines\ttags\na.png\t12\t\n");
  assertEquals(labels, [{ file: "a.png", rows: ["12"], tags: [] }]);
});
