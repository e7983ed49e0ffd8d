import { assert, assertEquals } from "@std/assert";
import { createAsker } from "@lib/pad/page/asking.js";

/** An asker whose answers come when the test says so. */
function slowAsker(rest = 5, longest = 20) {
  const sent: {
    body: string;
    signal: AbortSignal;
    answer: (text: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const heard: string[] = [];
  const asker = createAsker<string, string>({
    rest,
    longest,
    send(body, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      sent.push({ body, signal, answer: resolve, fail: reject });
      return promise;
    },
    onAnswer: (answer, body) => heard.push(`${body}: ${answer}`),
    onError: ({ message }, body) => heard.push(`${body} failed: ${message}`),
  });
  return { ...asker, sent, heard };
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

Deno.test("createAsker() asks once the pen rests, with the last drawing", async () => {
  const { ask, sent, heard } = slowAsker(10, 1000);
  for (const body of ["a", "b", "c"]) ask(body);
  assertEquals(sent.length, 0);
  await wait(40);
  assertEquals(sent.map(({ body }) => body), ["c"]);
  sent[0]!.answer("3");
  await wait(0);
  assertEquals(heard, ["c: 3"]);
});

Deno.test("createAsker() asks also while the pen never rests", async () => {
  const { ask, stop, sent } = slowAsker(10_000, 20);
  for (let i = 0; sent.length === 0 && i < 1000; i++) {
    ask(`${i}`);
    await wait(5);
  }
  stop();
  assertEquals(sent.length, 1);
});

Deno.test("createAsker() ends a question when it asks the next", async () => {
  const { askNow, sent, heard } = slowAsker();
  askNow("old");
  askNow("new");
  assertEquals(sent.map(({ signal }) => signal.aborted), [true, false]);
  // Its answer was on the way already.
  sent[1]!.answer("2");
  sent[0]!.answer("1");
  await wait(0);
  assertEquals(heard, ["new: 2"]);
});

Deno.test("createAsker() drops the end of a question that it has ended", async () => {
  const { askNow, sent, heard } = slowAsker();
  askNow("old");
  askNow("new");
  sent[0]!.fail(new DOMException("aborted", "AbortError"));
  sent[1]!.fail(new Error("no server"));
  await wait(0);
  assertEquals(heard, ["new failed: no server"]);
});

Deno.test("createAsker() forgets all when it is stopped", async () => {
  const { ask, askNow, stop, sent, heard } = slowAsker(5, 5);
  askNow("a");
  ask("b");
  stop();
  sent[0]!.answer("1");
  await wait(30);
  assertEquals(sent.length, 1);
  assert(sent[0]!.signal.aborted);
  assertEquals(heard, []);
});
