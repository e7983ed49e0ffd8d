/**
 * From a model's folder to what tells digits from their drawings.
 *
 * @module
 */

import { registerTrainingKernels, startWasmBackend } from "../kernels/mod.ts";
import { loadModel, predict } from "../model/mod.ts";
import type { Classifier } from "../read/mod.ts";
import { modelPath } from "./model_path.ts";

/**
 * @param modelFolder As the person typed it; the shipped model where left out.
 * @throws As `loadModel()` does.
 */
export async function loadClassifier(
  modelFolder: string | undefined,
): Promise<Classifier> {
  await startWasmBackend();
  // Faster forward as well.
  registerTrainingKernels();
  const model = await loadModel(modelPath(modelFolder));
  // deno-lint-ignore require-await -- a throw must reject
  return async (images, _count, options) => predict(model, images, options);
}
