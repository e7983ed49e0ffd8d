import { assertEquals } from "@std/assert";
import { isFrame } from "@lib/read/mod.ts";
import { block } from "./components.ts";

const frame = block(0, 0, 100, 60);

Deno.test("isFrame() is true of what holds one large mark or several small", () => {
  assertEquals(isFrame(frame, [frame, block(40, 10, 20, 40)]), true);
  const small = [block(10, 20, 5, 8), block(30, 20, 5, 8), block(50, 20, 5, 8)];
  assertEquals(isFrame(frame, [...small, frame]), true);
});

Deno.test("isFrame() is false of what holds specks, or what stands beside", () => {
  assertEquals(isFrame(frame, [frame]), false);
  assertEquals(isFrame(frame, [frame, block(40, 10, 5, 8)]), false);
  assertEquals(isFrame(frame, [frame, block(90, 10, 20, 40)]), false);
  assertEquals(isFrame(frame, [frame, block(120, 10, 20, 40)]), false);
});
