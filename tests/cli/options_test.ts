import { assertEquals, assertThrows } from "@std/assert";
import { helpText, parseCommand, UsageError } from "@lib/cli/options.ts";

const COMMAND = {
  name: "paint",
  summary: "Paints a wall.",
  operands: "WALL…",
  options: {
    color: {
      type: "choice",
      choices: ["red", "blue"],
      default: "red",
      help: "The color",
    },
    coats: {
      type: "integer",
      value: "N",
      default: 2,
      minimum: 1,
      maximum: 9,
      help: "How many",
    },
    thin: {
      type: "number",
      value: "SHARE",
      default: 0.5,
      minimum: 0,
      maximum: 1,
      help: "Water",
    },
    into: { type: "text", value: "DIR", help: "Where to" },
    dry: { type: "flag", help: "Waits" },
  },
} as const;

Deno.test("parseCommand() fills in what was not given", () => {
  const { options, operands, help } = parseCommand(COMMAND, []);
  assertEquals(options, {
    color: "red",
    coats: 2,
    thin: 0.5,
    into: undefined,
    dry: false,
  });
  assertEquals([operands, help], [[], false]);
});

Deno.test("parseCommand() reads options and operands in any order", () => {
  const { options, operands } = parseCommand(COMMAND, [
    "a",
    "--color=blue",
    "--dry",
    "b",
    "--coats",
    "3",
    "--thin",
    "1e-1",
    "--into",
    "x y",
    "--",
    "--c",
  ]);
  assertEquals(options, {
    color: "blue",
    coats: 3,
    thin: 0.1,
    into: "x y",
    dry: true,
  });
  assertEquals(operands, ["a", "b", "--c"]);
});

Deno.test("parseCommand() takes --help before it checks anything else", () => {
  assertEquals(parseCommand(COMMAND, ["--help", "--nonsense"]).help, true);
});

Deno.test("parseCommand() says what is wrong and what it takes", async (t) => {
  const cases: [args: string[], message: string][] = [
    [
      ["--colour", "red"],
      "Cannot run paint as --colour is no option of it: it takes --color, --coats, --thin, --into, --dry",
    ],
    [
      ["-x"],
      "Cannot run paint as -x is no option of it: it takes --color, ",
    ],
    [
      ["--toString"],
      "Cannot run paint as --toString is no option of it: it takes --color, ",
    ],
    [
      ["--color", "green"],
      "Cannot run paint as --color must be one of red, blue: current value is green",
    ],
    [
      ["--coats", "2.5"],
      "Cannot run paint as --coats must be an integer from 1 to 9: current value is 2.5",
    ],
    [
      ["--coats", "many"],
      "Cannot run paint as --coats must be an integer from 1 to 9: current value is many",
    ],
    [
      ["--coats=-1"],
      "Cannot run paint as --coats must be an integer from 1 to 9: current value is -1",
    ],
    [
      ["--thin", "1.1"],
      "Cannot run paint as --thin must be a number from 0 to 1: current value is 1.1",
    ],
    [
      ["--into"],
      "Cannot run paint as --into must be followed by DIR: there is no value",
    ],
    [
      ["--into", "--dry"],
      "Cannot run paint as --into must be followed by DIR: there is no value",
    ],
    [
      ["--coats="],
      "Cannot run paint as --coats must be followed by N: there is no value",
    ],
    [
      ["--dry=yes"],
      "Cannot run paint as --dry must be given without a value: current value is yes",
    ],
  ];
  for (const [args, message] of cases) {
    await t.step(args.join(" "), () => {
      assertThrows(() => parseCommand(COMMAND, args), UsageError, message);
    });
  }
});

Deno.test("parseCommand() knows an option that needs no value", () => {
  const again = { type: "text", value: "[WALL]", bare: "?", help: "" } as const;
  const command = { ...COMMAND, options: { ...COMMAND.options, again } };
  const cases: [string[], string | undefined, string[]][] = [
    [["--dry"], undefined, ["dry"]],
    [["--again"], "?", ["again"]],
    [["--again", "--dry"], "?", ["again", "dry"]],
    [["--again", "east", "--dry"], "east", ["again", "dry"]],
    [["--again=east", "north"], "east", ["again"]],
  ];
  for (const [args, value, typed] of cases) {
    const { options, given } = parseCommand(command, args);
    assertEquals([options.again, given], [value, typed]);
    assertEquals(options.dry, args.includes("--dry"));
  }
  assertThrows(
    () => parseCommand(command, ["--again="]),
    UsageError,
    "Cannot run paint as --again must be followed by [WALL]: there is no value",
  );
});

Deno.test("parseCommand() rejects operands where none are taken", () => {
  assertThrows(
    () => parseCommand({ ...COMMAND, operands: "" }, ["wall"]),
    UsageError,
    "Cannot run paint as it takes options only: current argument is wall",
  );
});

Deno.test("helpText() begins with the summary and the notes", () => {
  const lines = helpText({ ...COMMAND, notes: ["", "It dries."] }).split("\n");
  assertEquals(lines.slice(2, 6), ["Paints a wall.", "", "It dries.", ""]);
});

Deno.test("helpText() has a line for each option", () => {
  assertEquals(
    helpText(COMMAND),
    `Usage: deno task paint WALL… [options]

Paints a wall.

  --color red|blue  The color (default: red)
  --coats N         How many (default: 2)
  --thin SHARE      Water (default: 0.5)
  --into DIR        Where to
  --dry             Waits
  --help            Shows this`,
  );
});
