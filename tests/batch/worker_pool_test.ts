import { assertEquals, assertRejects } from "@std/assert";
import { startPool, type WorkerPool } from "@lib/batch/mod.ts";
import { testThatNeeds } from "../needs.ts";
import type { StubTask } from "./_stub_worker.ts";

const NEEDS = { read: ["tests"] };

async function withPool(
  { setup = "work", workers = 2, deadline = 10, startPatience = 10 },
  fn: (pool: WorkerPool<StubTask, number>) => Promise<void>,
) {
  const pool = await startPool<string, StubTask, number>({
    ...{ setup, workers, deadline, startPatience },
    start: () =>
      new Worker(new URL("./_stub_worker.ts", import.meta.url), {
        type: "module",
      }),
  });
  try {
    await fn(pool);
  } finally {
    pool.close();
  }
}

testThatNeeds(
  NEEDS,
  "startPool() does more tasks than it has threads",
  () =>
    withPool({}, async (pool) => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, i) => pool.run(i)),
      );
      assertEquals(
        answers,
        Array.from({ length: 100 }, (_, i) => ({ result: 2 * i })),
      );
    }),
);

testThatNeeds(
  NEEDS,
  "startPool() replaces a thread that dies, and does the tasks behind it",
  () =>
    withPool({ workers: 1 }, async (pool) => {
      const answers = await Promise.all(
        (["die", 1, "die", "die", 2] as const).map((task) => pool.run(task)),
      );
      const failure = "the thread that read it died: Uncaught Error: dead";
      assertEquals(answers, [
        { failure },
        { result: 2 },
        { failure },
        { failure },
        { result: 4 },
      ]);
    }),
);

testThatNeeds(
  NEEDS,
  "startPool() ends a thread that hangs when its time is over",
  () =>
    withPool({ deadline: 0.5 }, async (pool) => {
      const answers = await Promise.all(
        (["hang", 1, 2, 3] as const).map((task) => pool.run(task)),
      );
      assertEquals(answers, [
        { failure: "it took longer than 0.5 s" },
        { result: 2 },
        { result: 4 },
        { result: 6 },
      ]);
    }),
);

testThatNeeds(
  NEEDS,
  "startPool() says why a thread does not start",
  async () => {
    const nothing = () => Promise.resolve();
    await assertRejects(
      () => withPool({ setup: "fail" }, nothing),
      Error,
      "Cannot begin",
    );
    await assertRejects(
      () => withPool({ setup: "die" }, nothing),
      Error,
      "Cannot start a thread as it must get ready: ",
    );
    await assertRejects(
      () => withPool({ setup: "hang", startPatience: 0.5 }, nothing),
      Error,
      "Cannot start a thread as it must get ready: no answer within 0.5 s",
    );
  },
);

testThatNeeds(
  NEEDS,
  "startPool() gives up what is not done when it is closed",
  () =>
    withPool({ workers: 1 }, async (pool) => {
      const answers = [pool.run("hang"), pool.run(1), pool.run(2)];
      pool.close();
      answers.push(pool.run(3));
      const settled = await Promise.allSettled(answers);
      assertEquals(settled.map(({ status }) => status), [
        ...["rejected", "rejected", "rejected", "rejected"],
      ]);
    }),
);
