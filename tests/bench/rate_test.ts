import { assert, assertEquals } from "@std/assert";
import { rate } from "@lib/bench/mod.ts";

Deno.test("rate() calls once for nothing, and once where time is over", async () => {
  let calls = 0;
  const perSecond = await rate(() => calls++, 0);
  assertEquals(calls, 2);
  assert(perSecond > 0);
});

Deno.test("rate() waits for promises", async () => {
  let running = 0;
  let most = 0;
  let finished = 0;
  const start = performance.now();
  const perSecond = await rate(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    finished++;
  }, 0.02);
  const seconds = (performance.now() - start) / 1000;
  assertEquals([running, most], [0, 1]);
  // All calls but the first, in less than all of the time.
  assert(perSecond >= (finished - 1) / seconds);
});
