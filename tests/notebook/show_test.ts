import { assertEquals, assertRejects } from "@std/assert";
import {
  callRates,
  embedPlotly,
  findProgram,
  liveDisplay,
  show,
} from "@lib/notebook/mod.ts";
import { testThatNeeds } from "../needs.ts";

const ELSEWHERE =
  "Cannot show anything as it must be in a cell of a notebook: this runs outside of the Deno kernel";

Deno.test("show(), embedPlotly() and a live display say where they can be used", async () => {
  await assertRejects(() => show("5283"), Error, ELSEWHERE);
  await assertRejects(() => embedPlotly(), Error, ELSEWHERE);
  await assertRejects(() => liveDisplay()("5283"), Error, ELSEWHERE);
});

Deno.test("callRates() gives a rate for each way, the faster the higher", async () => {
  const busy = (ms: number) => () => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };
  const rates = await callRates({ slow: busy(20), fast: busy(1) });
  assertEquals(Object.keys(rates), ["slow", "fast"]);
  assertEquals(rates.fast > 2 * rates.slow, true);
});

testThatNeeds(
  { run: true },
  "findProgram() gives the first program that is installed",
  async () => {
    const deno = [Deno.execPath()] as const;
    assertEquals(await findProgram([deno]), deno);
    assertEquals(await findProgram([]), undefined);
  },
);
