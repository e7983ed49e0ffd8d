import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { connectClassifier } from "@lib/cli/connect_classifier.ts";
import { loadClassifier } from "@lib/cli/load_classifier.ts";
import { startClassifier } from "@lib/cli/start_classifier.ts";
import { createRandom } from "@lib/random/mod.ts";
import { testThatNeeds } from "../needs.ts";

const READS = { read: ["data", "lib"] };

/** So many drawings of noise. */
function noise(count: number): Float32Array {
  const random = createRandom(3, `${count}`);
  return Float32Array.from({ length: 784 * count }, random.next);
}

function start(model?: string, module?: URL) {
  const { promise, resolve } = Promise.withResolvers<string>();
  return connectClassifier(startClassifier(model, resolve, module), promise);
}

testThatNeeds(
  READS,
  "startClassifier() gives what the model gives in this thread, in the order that is asked",
  async () => {
    const classify = await loadClassifier(undefined);
    const thread = start();
    try {
      const counts = [3, 1, 70];
      // Asked before it has the model.
      const answers = await Promise.all(
        counts.map((count) => thread.classify(noise(count), count)),
      );
      for (const [i, count] of counts.entries()) {
        assertEquals(answers[i], await classify(noise(count), count));
      }
      const oneView = { oneView: true };
      const quick = await thread.classify(noise(3), 3, oneView);
      assertEquals(quick, await classify(noise(3), 3, oneView));
      assertNotEquals(quick, answers[0]);
      await thread.ready;
    } finally {
      thread.close();
    }
  },
);

testThatNeeds(
  READS,
  "startClassifier() says where there is no model, to whoever asks",
  async () => {
    const thread = start("data/samples");
    const message =
      "/data/samples as the folder must hold model.json and weights.bin: there is no model.json";
    try {
      await assertRejects(() => thread.ready, Error, message);
      await assertRejects(
        () => thread.classify(noise(1), 1),
        Error,
        message,
      );
    } finally {
      thread.close();
    }
  },
);

testThatNeeds(
  { read: ["data", "lib", "tests"] },
  "startClassifier() tells that its thread has died",
  async () => {
    const thread = start(
      undefined,
      new URL("./_dying_classifier.ts", import.meta.url),
    );
    const message =
      "Cannot classify as the thread with the model must live: Uncaught";
    await assertRejects(() => thread.ready, Error, message);
    await assertRejects(() => thread.classify(noise(1), 1), Error, message);
  },
);
