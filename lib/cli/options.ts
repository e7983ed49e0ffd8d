/**
 * Command lines: parsing against a table, and the help made from it.
 *
 * @module
 */

import { parseArgs } from "node:util";

/** A command line that cannot be carried out; the task exits with code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** One option of a task. */
export type Option =
  & {
    /** What it does, for the help. */
    help: string;
  }
  & (
    | { type: "flag" }
    | {
      type: "text";
      value: string;
      default?: string;
      /** What it is where no value follows it. */
      bare?: string;
    }
    | { type: "choice"; choices: readonly string[]; default?: string }
    | {
      type: "integer" | "number";
      value: string;
      default?: number;
      minimum: number;
      maximum: number;
    }
  );

/** A task's command line. */
export interface Command<Options extends Record<string, Option>> {
  /** As typed behind `deno task`. */
  name: string;
  /** One sentence, for the help. */
  summary: string;
  /** What else its help begins with, by lines. */
  notes?: readonly string[];
  /** What it takes besides options, as shown in the help; empty for nothing. */
  operands: string;
  options: Options;
}

/** What an option's value is. */
type OptionValue<O extends Option> = O extends { type: "flag" } ? boolean
  : O extends { default: infer Default }
    ? Default extends number ? number : string
  : O extends { type: "integer" | "number" } ? number | undefined
  : string | undefined;

/** The parsed options by name, and the operands in order. */
export interface Arguments<Options extends Record<string, Option>> {
  options: { [Name in keyof Options]: OptionValue<Options[Name]> };
  operands: string[];
  /** Names of the options that were typed. */
  given: string[];
  /** True where `--help` was given: nothing else has been checked then. */
  help: boolean;
}

/**
 * Parses the arguments of a task.
 *
 * @throws {UsageError} If an option is unknown, lacks its value, has a wrong
 *   one, or stands where nothing is taken.
 */
export function parseCommand<Options extends Record<string, Option>>(
  command: Command<Options>,
  args: string[],
): Arguments<Options> {
  const names = Object.keys(command.options);
  const parsed = parseArgs({
    args: args.map((arg, i) => withBareValue(command, arg, args[i + 1])),
    options: Object.fromEntries(
      Object.entries({ ...command.options, help: { type: "flag" } }).map((
        [name, { type }],
      ) => [name, { type: type === "flag" ? "boolean" : "string" }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: Record<string, string | number | boolean | undefined> = {};
  for (const [name, option] of Object.entries(command.options)) {
    options[name] = option.type === "flag"
      ? false
      : "default" in option
      ? option.default
      : undefined;
  }
  const help = parsed.values["help"] === true;
  const operands: string[] = [];
  const given: string[] = [];
  for (const token of help ? [] : parsed.tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(command.options, token.name)
      ? command.options[token.name]
      : undefined;
    if (!option) {
      throw new UsageError(
        `Cannot run ${command.name} as ${token.rawName} is no option of it: it takes ${
          names.map((name) => `--${name}`).join(", ")
        }`,
      );
    }
    given.push(token.name);
    // Of `--model --json` the second is an option, and no model.
    const isNext = !token.inlineValue && token.value?.startsWith("--");
    options[token.name] = optionValue(
      command.name,
      token.name,
      option,
      isNext ? undefined : token.value,
    );
  }
  if (!help && command.operands === "" && operands.length > 0) {
    throw new UsageError(
      `Cannot run ${command.name} as it takes options only: current argument is ${
        operands[0]
      }`,
    );
  }
  return {
    options: options as Arguments<Options>["options"],
    operands,
    given,
    help,
  };
}

/** An argument, with its value where it is an option that needs none. */
function withBareValue(
  { options }: Command<Record<string, Option>>,
  arg: string,
  next = "-",
): string {
  const name = arg.slice(2);
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  return arg.startsWith("--") && option?.type === "text" &&
      option.bare !== undefined && next.startsWith("-")
    ? `${arg}=${option.bare}`
    : arg;
}

function optionValue(
  task: string,
  name: string,
  option: Option,
  value: string | undefined,
): string | number | boolean {
  const wanted = (what: string, came = `current value is ${value}`) =>
    new UsageError(`Cannot run ${task} as --${name} must be ${what}: ${came}`);
  if (option.type === "flag") {
    if (value !== undefined) throw wanted("given without a value");
    return true;
  }
  if (value === undefined || value === "") {
    throw wanted(`followed by ${valueName(option)}`, "there is no value");
  }
  if (option.type === "text") return value;
  if (option.type === "choice") {
    if (option.choices.includes(value)) return value;
    throw wanted(`one of ${option.choices.join(", ")}`);
  }
  const { type, minimum, maximum } = option;
  const number = Number(value);
  const right = type === "integer"
    ? Number.isInteger(number)
    : Number.isFinite(number);
  if (!right || number < minimum || number > maximum) {
    throw wanted(
      `${
        type === "integer" ? "an integer" : "a number"
      } from ${minimum} to ${maximum}`,
    );
  }
  return number;
}

function valueName(option: Exclude<Option, { type: "flag" }>): string {
  return option.type === "choice" ? option.choices.join("|") : option.value;
}

/** The help of a task, a line an option. */
export function helpText<Options extends Record<string, Option>>(
  command: Command<Options>,
): string {
  const rows = Object.entries(command.options).map(([name, option]) => [
    option.type === "flag" ? `--${name}` : `--${name} ${valueName(option)}`,
    option.help +
    ("default" in option ? ` (default: ${option.default})` : ""),
  ]);
  rows.push(["--help", "Shows this"]);
  const width = Math.max(...rows.map(([left]) => left!.length));
  const operands = command.operands ? ` ${command.operands}` : "";
  return [
    `Usage: deno task ${command.name}${operands} [options]`,
    "",
    command.summary,
    ...command.notes ?? [],
    "",
    ...rows.map(([left, right]) => `  ${left!.padEnd(width)}  ${right}`),
  ].join("\n");
}
