/**
 * The side of those who ask the thread with the model.
 *
 * @module
 */

import type { Classifier, ClassifyOptions } from "../read/mod.ts";

/** What the thread is asked. */
export type ClassifierOrder =
  | {
    images: Float32Array;
    count: number;
    options: ClassifyOptions | undefined;
  }
  | { end: true };

/** What it answers: that it has the model, and then one for each question. */
export type ClassifierReply =
  | { ready: true }
  | { probabilities: Float32Array }
  | { failed: string };

/** The thread, as others see it. */
export interface ClassifierThread {
  /** Rejects where there is no model; then nothing can be classified. */
  readonly ready: Promise<unknown>;
  classify: Classifier;
  /** Ends the thread; what it has not answered by then stays unanswered. */
  close(): void;
}

/**
 * @param port As `startClassifier()` gives it.
 * @param death Resolves to what is wrong where the thread dies; where left out,
 *   somebody else ends the process.
 */
export function connectClassifier(
  port: MessagePort,
  death?: Promise<string>,
): ClassifierThread {
  const waiting: ((reply: ClassifierReply) => void)[] = [];
  let dead: ClassifierReply | undefined;
  port.onmessage = ({ data }: MessageEvent<ClassifierReply>) =>
    waiting.shift()!(data);
  death?.then((failed) => {
    dead = { failed };
    for (const settle of waiting.splice(0)) settle(dead);
  });
  const answer = async () => {
    const reply = dead ??
      await new Promise<ClassifierReply>((resolve) => waiting.push(resolve));
    if ("failed" in reply) throw new Error(reply.failed);
    return reply;
  };
  const order = (order: ClassifierOrder) => port.postMessage(order);
  const ready = answer();
  // Heard by who awaits it, which may be later or never.
  ready.catch(() => {});
  return {
    ready,
    async classify(images, count, options) {
      order({ images, count, options });
      const reply = await answer();
      return (reply as { probabilities: Float32Array }).probabilities;
    },
    close() {
      order({ end: true });
      port.close();
    },
  };
}
