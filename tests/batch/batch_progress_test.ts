import { assertEquals } from "@std/assert";
import { batchLine, showBatchProgress } from "@lib/batch/mod.ts";
import { capturedOutput } from "../cli/_captured_output.ts";

const PROGRESS = { done: 5, before: 0, errors: 0, total: 10, seconds: 0 };

Deno.test("showBatchProgress() redraws a terminal's bar, not for each picture", () => {
  const screen = capturedOutput(true);
  const show = showBatchProgress(screen);
  for (let i = 1; i <= 16; i++) show({ ...PROGRESS, seconds: i / 8 });
  assertEquals([screen.redrawn.length, screen.warned], [8, []]);
});

Deno.test("showBatchProgress() prints a line now and then elsewhere", () => {
  const screen = capturedOutput(false);
  const show = showBatchProgress(screen);
  for (let i = 1; i <= 1000; i++) show({ ...PROGRESS, seconds: i / 10 });
  assertEquals([screen.redrawn, screen.warned.length], [[], 3]);
});

Deno.test("batchLine() has no time left where nobody knows it", () => {
  assertEquals(
    batchLine({ ...PROGRESS, total: undefined, seconds: 2 }),
    "5 pictures · 2.5 pictures/s",
  );
  // What stood there before says nothing of how fast it is now.
  assertEquals(
    batchLine({ ...PROGRESS, done: 9, before: 5, seconds: 2 }),
    "██████████████████████░░ 90 % · 9 of 10 · 2.0 pictures/s · 0:01 left",
  );
});
