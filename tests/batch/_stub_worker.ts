/**
 * A thread for tests of the pool: it doubles numbers, and does what a task says
 * instead of that.
 *
 * @module
 */

/** What the thread is sent. */
export type StubTask = number | "die" | "hang";

const worker = globalThis as unknown as {
  onmessage: (
    event: MessageEvent<{ setup: string } | { task: StubTask }>,
  ) => void;
  postMessage(reply: unknown): void;
};

worker.onmessage = ({ data }) => {
  if ("setup" in data) {
    if (data.setup === "fail") worker.postMessage({ failed: "Cannot begin" });
    if (data.setup === "die") throw new Error("dead at once");
    if (data.setup === "work") worker.postMessage({ ready: true });
    return;
  }
  if (data.task === "die") throw new Error("dead");
  if (data.task === "hang") { for (;;); }
  worker.postMessage({ result: 2 * data.task });
};
