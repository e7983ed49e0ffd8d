/**
 * The thread that has the model: the module that `startClassifier()` starts as a
 * worker.
 *
 * @module
 */

import type { Classifier } from "../read/mod.ts";
import type { ClassifierOrder, ClassifierReply } from "./connect_classifier.ts";
import { errorMessage } from "./run_task.ts";
import type { ClassifierSetup } from "./start_classifier.ts";

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (event: MessageEvent<ClassifierSetup>) => void;
  close(): void;
};

worker.onmessage = ({ data: { model, port } }) => {
  const reply = (reply: ClassifierReply) => port.postMessage(reply);
  const failed = (error: unknown) => reply({ failed: errorMessage(error) });
  const loading = load(model);
  let last = loading.then(() => reply({ ready: true })).catch(failed);
  port.onmessage = ({ data: order }: MessageEvent<ClassifierOrder>) => {
    if ("end" in order) return worker.close();
    // One after the other, so that the answers come in the order of the orders.
    last = last.then(async () => {
      const classify = await loading;
      const { images, count, options } = order;
      reply({ probabilities: await classify(images, count, options) });
    }).catch(failed);
  };
};

async function load(model: string | undefined): Promise<Classifier> {
  // Loaded here, as what comes while a thread still loads is heard by nobody.
  const { loadClassifier } = await import("./load_classifier.ts");
  return await loadClassifier(model);
}
