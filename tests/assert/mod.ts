/**
 * The part of `jsr:@std/assert` that the tests use, over `node:assert/strict`.
 *
 * The `links` entry in `deno.json` puts it in the place of the published
 * package, so that the tests resolve where JSR cannot be reached. Without that
 * line the published package is taken, and the tests pass with it as well.
 *
 * `message!` stands where some versions of Node's types want a string: without
 * one, Node words the message itself.
 *
 * @module
 */

import strict from "node:assert/strict";

// deno-lint-ignore no-explicit-any
type ErrorClass<E extends Error> = abstract new (...args: any[]) => E;

/** Fails unless `value` is truthy. */
export function assert(value: unknown, message?: string): asserts value {
  strict.ok(value, message!);
}

/** Fails always. */
export function fail(message?: string): never {
  strict.fail(message ?? "Failed");
}

/** Fails unless both are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string) {
  strict.deepEqual(actual, expected, message!);
}

/** Fails if both are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string) {
  strict.notDeepEqual(actual, expected, message!);
}

/** Fails unless both are the same value or object. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  strict.equal(actual, expected, message!);
}

/** Fails unless `actual` is within `tolerance` of `expected`. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance = 1e-7,
  message?: string,
) {
  if (Object.is(actual, expected)) return;
  const difference = Math.abs(actual - expected);
  strict.ok(
    difference <= tolerance,
    message ?? `${actual} is ${difference} from ${expected}, over ${tolerance}`,
  );
}

/** Fails unless `actual` is more than `expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string) {
  strict.ok(actual > expected, message ?? `${actual} is not over ${expected}`);
}

/** Fails unless `actual` is less than `expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string) {
  strict.ok(actual < expected, message ?? `${actual} is not under ${expected}`);
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  message?: string,
) {
  strict.ok(
    actual.includes(expected),
    message ?? `"${expected}" is not in "${actual}"`,
  );
}

/** Fails unless `actual` matches `expected`. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  message?: string,
) {
  strict.match(actual, expected, message!);
}

/** Fails unless `fn` throws an `ErrorType` whose message has `includes`. */
export function assertThrows<E extends Error>(
  fn: () => unknown,
  ErrorType: ErrorClass<E>,
  includes = "",
): E {
  try {
    fn();
  } catch (error) {
    return checkError(error, ErrorType, includes);
  }
  return fail(`Expected a ${ErrorType.name}, nothing was thrown`);
}

/** Fails unless `fn` rejects with an `ErrorType` whose message has `includes`. */
export async function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  ErrorType: ErrorClass<E>,
  includes = "",
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, ErrorType, includes);
  }
  return fail(`Expected a ${ErrorType.name}, nothing was rejected`);
}

function checkError<E extends Error>(
  error: unknown,
  ErrorType: ErrorClass<E>,
  includes: string,
): E {
  strict.ok(
    error instanceof ErrorType,
    `Expected a ${ErrorType.name}, got ${error}`,
  );
  assertStringIncludes(error.message, includes);
  return error;
}
