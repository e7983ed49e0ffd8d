/** The exports of the module: a line a kernel. */

export { peak } from "./peak";
export { adam, momentum, sgd } from "./optimizer";
export { avgPool, avgPoolGrad } from "./pool_avg";
export { biasAdd } from "./bias";
export { leakyRelu, leakyReluGrad, reluGrad } from "./relu";
export { maxPool, maxPoolGrad } from "./pool_max";
export { sumRows } from "./sum";
