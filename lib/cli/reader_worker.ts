/**
 * A thread that reads pictures: the module that `startReaders()` starts as a
 * worker. Files are opened here, and nothing but their lines leaves it.
 *
 * @module
 */

import type {
  Outcome,
  PictureOptions,
  WorkerOrder,
  WorkerReply,
} from "../batch/mod.ts";
import { writeWhole } from "../files/mod.ts";
import { encodePng } from "../image/mod.ts";
import { drawOverlay } from "../read/mod.ts";
import { pictureLine } from "./picture_line.ts";
import { type PictureReader, pictureReader } from "./picture_reader.ts";
import type { ReaderSetup, ReaderTask, ReadLine } from "./readers.ts";
import { errorMessage } from "./run_task.ts";

/** This global object, as Deno has it in a worker. */
const worker = globalThis as unknown as {
  onmessage: (
    event: MessageEvent<WorkerOrder<ReaderSetup, ReaderTask>>,
  ) => void;
  postMessage(reply: WorkerReply<ReadLine>): void;
};

let read: PictureReader;
/** As in `ReaderSetup`. */
let most: number;
let last = Promise.resolve();

worker.onmessage = ({ data }) => {
  // One after the other: a picture that waits must not slow down this one.
  last = last.then(() => "setup" in data ? begin(data.setup) : work(data.task));
};

async function begin({ model, megapixels }: ReaderSetup): Promise<void> {
  most = megapixels;
  try {
    // Loaded here, as what comes while a thread still loads is heard by nobody.
    const { loadClassifier } = await import("./load_classifier.ts");
    read = pictureReader(await loadClassifier(model));
    worker.postMessage({ ready: true });
  } catch (error) {
    worker.postMessage({ failed: errorMessage(error) });
  }
}

async function work(task: ReaderTask): Promise<void> {
  const { picture, format, overlay } = task;
  const options = withinLimit(task.options);
  const start = performance.now();
  let outcome: Outcome;
  let mayPass = false;
  try {
    const result = await read(picture.path, options);
    if (overlay !== undefined) {
      const drawn = drawOverlay(result.picture, result.reading.lines);
      await writeWhole(overlay, await encodePng(drawn));
    }
    outcome = result.reading;
  } catch (error) {
    outcome = { error: errorMessage(error) };
    mayPass = !(error instanceof SyntaxError || error instanceof RangeError);
  }
  const line = pictureLine(format, picture, outcome);
  const seconds = (performance.now() - start) / 1000;
  worker.postMessage({ result: { ...line, mayPass, seconds } });
}

/** Tasks of a queue may ask for anything, also for what is no number. */
function withinLimit(options: PictureOptions): PictureOptions {
  return options.megapixels < most ? options : { ...options, megapixels: most };
}
