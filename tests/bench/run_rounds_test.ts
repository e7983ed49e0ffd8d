import { assertEquals } from "@std/assert";
import { runRounds } from "@lib/bench/mod.ts";

Deno.test("runRounds() takes turns, every other time from the end", async () => {
  const order: string[] = [];
  let figure = 0;
  const piece = (name: string) => ({
    name,
    run: (seconds: number) => {
      order.push(`${name} ${seconds}`);
      return figure++;
    },
  });
  const rounds: number[] = [];
  const figures = await runRounds([piece("a"), piece("b"), piece("c")], {
    rounds: 3,
    seconds: 0.5,
    onRound: (round) => rounds.push(round),
  });
  assertEquals(rounds, [1, 2, 3]);
  assertEquals(
    order.map((entry) => entry[0]).join(""),
    "abc" + "cba" + "abc",
  );
  assertEquals(order[0], "a 0.5");
  assertEquals([...figures], [
    ["a", [0, 5, 6]],
    ["b", [1, 4, 7]],
    ["c", [2, 3, 8]],
  ]);
});

Deno.test("runRounds() waits for each piece, and passes its error on", async () => {
  let isRunning = false;
  const slow = (name: string) => ({
    name,
    run: async () => {
      assertEquals(isRunning, false);
      isRunning = true;
      await new Promise((resolve) => setTimeout(resolve, 1));
      isRunning = false;
      return 1;
    },
  });
  const figures = await runRounds([slow("a"), slow("b")], {
    rounds: 1,
    seconds: 0,
  });
  assertEquals([...figures.values()], [[1], [1]]);
  const failing = {
    name: "c",
    run: () => Promise.reject(new RangeError("gone")),
  };
  let message = "";
  await runRounds([failing], { rounds: 1, seconds: 0 })
    .catch((error) => message = error.message);
  assertEquals(message, "gone");
});
