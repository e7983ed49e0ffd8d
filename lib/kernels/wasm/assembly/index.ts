/** The exports of the module: a line a kernel. */

export { conv2d } from "./conv2d";
export { winograd } from "./winograd";
export { convReluPool } from "./conv_relu_pool";
export { peak } from "./peak";
