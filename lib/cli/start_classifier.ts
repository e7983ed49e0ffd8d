/**
 * A thread that has the model.
 *
 * Loading TensorFlow.js and the model takes as long as decoding a picture and
 * finding its strokes, and need not wait for it. The thread is started by the
 * main one, as Deno takes half a second to start one from another.
 *
 * @module
 */

import { readerPermissions } from "./reader_permissions.ts";

/** What the thread is sent when it starts. */
export interface ClassifierSetup {
  /** The model's folder, as typed; the shipped one where left out. */
  model: string | undefined;
  /** Where drawings come from, and their probabilities go. */
  port: MessagePort;
}

/**
 * Starts the thread. It may read the model and the project's sources; it writes
 * nothing, has no network and starts nothing.
 *
 * @param model Its folder, as typed; the shipped one where left out.
 * @param onFailure Called with what is wrong where the thread dies.
 * @param module Of the thread; tests have their own.
 * @returns The way to it, for `connectClassifier()`.
 */
export function startClassifier(
  model: string | undefined,
  onFailure: (message: string) => void,
  module = new URL("./classifier_worker.ts", import.meta.url),
): MessagePort {
  const worker = new Worker(module, {
    type: "module",
    deno: { permissions: readerPermissions({ model, reads: [] }) },
  });
  worker.onerror = (event) => {
    event.preventDefault();
    onFailure(
      `Cannot classify as the thread with the model must live: ${event.message}`,
    );
  };
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(
    { model, port: port1 } satisfies ClassifierSetup,
    [port1],
  );
  return port2;
}
