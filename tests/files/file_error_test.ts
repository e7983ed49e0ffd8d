import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { fileError } from "@lib/files/mod.ts";
import { testThatNeeds, TMP } from "../needs.ts";

const TRIED = "Cannot read a.gz as it must be a file";

Deno.test("fileError() keeps the class and the cause", () => {
  for (const ErrorClass of [Deno.errors.NotFound, Deno.errors.IsADirectory]) {
    const cause = new ErrorClass("It is so (os error 9): readfile 'a.gz'");
    const error = fileError(TRIED, cause);
    assert(error instanceof ErrorClass);
    assertStrictEquals(error.constructor, ErrorClass);
    assertStrictEquals(error.cause, cause);
  }
});

Deno.test("fileError() says what was tried, what came, and the path once", () => {
  const cause = new Deno.errors.NotFound(
    "No such file or directory (os error 2): readfile 'a.gz'",
  );
  assertEquals(
    fileError(TRIED, cause).message,
    `${TRIED}: No such file or directory (os error 2)`,
  );
});

Deno.test({
  name: "fileError() names a missing permission in its own words",
  permissions: "none",
  fn: async () => {
    const cause = await assertRejects(
      () => Deno.readFile("a.gz"),
      Deno.errors.NotCapable,
    );
    const error = fileError(TRIED, cause);
    assert(error instanceof Deno.errors.NotCapable);
    assertEquals(error.message, `${TRIED}: this task is not permitted to`);
  },
});

testThatNeeds(
  { read: [TMP] },
  "fileError() leaves out the path that the system adds",
  async () => {
    const path = `${TMP}/missing/a.gz`;
    const cause = await assertRejects(
      () => Deno.readFile(path),
      Deno.errors.NotFound,
      path,
    );
    const { message } = fileError(TRIED, cause);
    assert(message.startsWith(`${TRIED}: `));
    assert(!message.includes(path), message);
  },
);
