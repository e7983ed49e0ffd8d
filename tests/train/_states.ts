/** States of runs, without training any. @module */

import type { Checkpoint } from "@lib/train/mod.ts";
import { RECIPES } from "@lib/train/mod.ts";

/** Of a network with six weights, of which four train. */
export function exampleCheckpoint(averaging = 0.9): Checkpoint {
  const history = [{
    epoch: 1,
    trainLoss: 0.1 + 0.2, // not 0.3, as doubles are
    trainAccuracy: 0.5,
    valLoss: 1.25,
    valAccuracy: 0.75,
    imagesPerSecond: 1000,
  }];
  return {
    choices: {
      recipe: { ...RECIPES.standard, averaging, epochs: 3, batchSize: 20 },
      seed: 7,
      strict: false,
      data: "sample",
    },
    digits: "0123456789abcdef".repeat(4),
    state: {
      epoch: 2,
      total: 50,
      done: 40,
      loss: 1 / 3,
      correct: 11,
      seconds: 1.5,
      history,
      shapes: [[2, 2], [2]],
      weights: Float32Array.of(1, -2, 3e-39, 4, -0, 6),
      ...(averaging > 0 && { average: Float32Array.of(1, 2, 3, 4, 5, 6) }),
      optimizer: {
        firstMoments: Float32Array.of(0.1, -0.2, 0.3, 0),
        secondMoments: Float32Array.of(0.1, 0.2, 0.3, 0),
        accBeta1: Math.fround(0.9 ** 5),
        accBeta2: Math.fround(0.999 ** 5),
      },
    },
  };
}
