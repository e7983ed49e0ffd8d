import { assertEquals } from "@std/assert";
import { bar } from "@lib/format/bar.ts";

Deno.test("bar() is empty at first and full at last", () => {
  assertEquals(bar(0), `${"░".repeat(24)} 0 %`);
  assertEquals(bar(1), `${"█".repeat(24)} 100 %`);
});
