/**
 * The input gradient of a convolution by Winograd's algorithm: which cases it
 * takes, and its call.
 *
 * @module
 */

import { backend_util, type TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { allocate, dispose, heapView } from "./_wasm_backend.ts";
import {
  winograd,
  type WinogradTiles,
  winogradTiles,
  WORTHWHILE,
} from "./_winograd.ts";

/** The convolution that an input gradient is. */
export interface TurnedConvolution {
  info: backend_util.Conv2DInfo;
  tiles: WinogradTiles;
}

/**
 * The input gradient of a convolution with 3×3 filters and stride 1 as a
 * convolution, that of dy with the turned filter: its sizes and tiles, or
 * undefined where the definition is faster, as it multiplies only what is in dy.
 *
 * @param info Of the convolution whose gradient is computed.
 */
export function turnedConvolution(
  info: backend_util.Conv2DInfo,
): TurnedConvolution | undefined {
  const { top, bottom, left, right } = info.padInfo;
  if (
    info.filterHeight !== 3 || info.filterWidth !== 3 ||
    info.strideHeight !== 1 || info.strideWidth !== 1 ||
    Math.max(top, bottom, left, right) > 2
  ) return undefined;
  const turned = backend_util.computeConv2DInfo(
    info.outShape,
    [3, 3, info.outChannels, info.inChannels],
    1,
    1,
    [[0, 0], [2 - top, 2 - bottom], [2 - left, 2 - right], [0, 0]],
  );
  const tiles = winogradTiles(turned, false);
  const most = WORTHWHILE * 9 * info.outHeight * info.outWidth;
  return tiles && tiles.products <= most ? { info: turned, tiles } : undefined;
}

/**
 * @param inputs As `conv2dBackpropInput()` takes them.
 * @param convolution By `turnedConvolution()`.
 * @param dx Takes the result.
 * @returns False where a value was not finite: dx is then of no use.
 */
export function inputGradientByWinograd(
  backend: BackendWasm,
  { dy, filter }: { dy: TensorInfo; filter: TensorInfo },
  convolution: TurnedConvolution,
  dx: TensorInfo,
): boolean {
  const turned = allocate(backend, convolution.info.filterShape);
  turnFilter(
    heapView(backend, filter),
    filter.shape,
    heapView(backend, turned),
  );
  const isDone = winograd(
    backend,
    { x: dy, filter: turned, y: dx },
    convolution.info,
    convolution.tiles,
    "nothing",
  );
  dispose(backend, turned);
  return isDone;
}

/**
 * A filter [3, 3, in, out] turned by half a circle, [3, 3, out, in].
 *
 * @param values Row-major.
 * @param turned Written to, as long.
 */
function turnFilter(
  values: Float32Array,
  [, , channelsIn, channelsOut]: number[],
  turned: Float32Array,
): void {
  const size = channelsIn! * channelsOut!;
  for (let tap = 0; tap < 9; tap++) {
    const from = (8 - tap) * size;
    for (let o = 0, to = tap * size; o < channelsOut!; o++) {
      for (let c = 0; c < channelsIn!; c++, to++) {
        turned[to] = values[from + c * channelsOut! + o]!;
      }
    }
  }
}
