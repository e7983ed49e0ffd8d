import { assertEquals } from "@std/assert";
import { scorePicture, summarizeScores } from "@lib/read/score.ts";

/** The score of a picture with these rows and tags, read as `text`. */
function score(rows: string[], text: string, tags: string[] = []) {
  return scorePicture({ file: "a.jpg", rows, tags }, text);
}

Deno.test("scorePicture() leaves out white space and where rows end", () => {
  const expected = { group: "upright", digits: 6, errors: 0, right: true };
  assertEquals(score(["12 34", "56"], "1234\n56"), expected);
  assertEquals(score(["12 34", "56"], "12\n3 456\n"), expected);
});

Deno.test("scorePicture() counts digits missed, made up and misread", () => {
  const errors = (text: string) => score(["5283"], text).errors;
  assertEquals(errors("583"), 1);
  assertEquals(errors("55283"), 1);
  assertEquals(errors("5288"), 1);
  assertEquals(errors(""), 4);
  assertEquals(score(["5283"], "583").right, false);
});

Deno.test("scorePicture() minds the order of digits unless they are scattered", () => {
  assertEquals(score(["0", "12", "5"], "5\n210").errors, 4);
  assertEquals(score(["0", "12", "5"], "5\n210", ["scattered"]), {
    group: "upright",
    digits: 4,
    errors: 0,
    right: true,
  });
});

Deno.test("scorePicture() counts scattered digits missing or too many, the larger", () => {
  const errors = (text: string) => score(["0112"], text, ["scattered"]).errors;
  assertEquals(errors("012"), 1); // a 1 missing
  assertEquals(errors("21107"), 1); // a 7 too many
  assertEquals(errors("7110"), 1); // 7 for 2
  assertEquals(errors("0122"), 1); // 2 for 1
  assertEquals(errors("7780"), 3); // 7, 7 and 8 for 1, 1 and 2
  assertEquals(errors("20777"), 3); // two of the 7s for the 1s, one too many
  assertEquals(errors(""), 4);
});

Deno.test("scorePicture() keeps an empty picture right only if nothing was read", () => {
  assertEquals(score([], " \n"), {
    group: "empty",
    digits: 0,
    errors: 0,
    right: true,
  });
  assertEquals(score([], "17"), {
    group: "empty",
    digits: 0,
    errors: 2,
    right: false,
  });
});

Deno.test("scorePicture() tells WebP copies and turned pictures apart", () => {
  assertEquals(score(["7"], "7", ["thin", "webp"]).group, "webp");
  assertEquals(score(["7"], "7", ["rotated-90", "thin"]).group, "rotated");
  assertEquals(score(["7"], "7", ["exif-rotation"]).group, "upright");
  assertEquals(score([], "", ["webp"]).group, "webp");
});

Deno.test("summarizeScores() adds up each group for itself", () => {
  const summary = summarizeScores([
    score(["1234"], "1234"),
    score(["5678"], "5"), // 3 errors
    score([], ""),
    score([], "42"), // counts no digit error
    score(["1234"], "1234", ["webp"]),
    score(["12"], "999", ["rotated-90"]), // 2 misread, 1 made up
  ]);
  assertEquals(summary, {
    pictures: 2,
    right: 1,
    digits: 8,
    digitErrors: 3,
    digitErrorRate: 0.375,
    empty: 2,
    emptyKept: 1,
    webp: {
      pictures: 1,
      right: 1,
      digits: 4,
      digitErrors: 0,
      digitErrorRate: 0,
    },
    rotated: {
      pictures: 1,
      right: 0,
      digits: 2,
      digitErrors: 3,
      digitErrorRate: 1.5,
    },
  });
});

Deno.test("summarizeScores() of nothing is all zeros", () => {
  const none = {
    pictures: 0,
    right: 0,
    digits: 0,
    digitErrors: 0,
    digitErrorRate: 0,
  };
  assertEquals(summarizeScores([]), {
    ...none,
    empty: 0,
    emptyKept: 0,
    webp: none,
    rotated: none,
  });
});
