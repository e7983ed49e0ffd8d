import { assertEquals } from "@std/assert";
import { duration, percent, thousands } from "@lib/format/numbers.ts";

Deno.test("percent() keeps two decimals unless told", () => {
  assertEquals(percent(0.99124), "99.12 %");
  assertEquals(percent(1, 0), "100 %");
});

Deno.test("thousands() rounds and sets them apart", () => {
  assertEquals(thousands(4012.4), "4,012");
  assertEquals(thousands(999), "999");
});

Deno.test("duration() shows hours only where there are any", () => {
  assertEquals(duration(0), "0:00");
  assertEquals(duration(59.6), "1:00");
  assertEquals(duration(3599), "59:59");
  assertEquals(duration(3661), "1:01:01");
});
