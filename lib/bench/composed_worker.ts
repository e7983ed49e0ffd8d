/**
 * The baseline in a thread of its own, as kernels are registered for a whole
 * thread: the module that `startComposed()` starts as a worker.
 *
 * @module
 */

import { timeSteps } from "./_timed_thread.ts";
import { composedTrainer } from "./composed_trainer.ts";

timeSteps(composedTrainer);
