/**
 * Codecs of `@jsquash`, which are C++ compiled to WebAssembly.
 *
 * Their own front copies all pixels out of the codec's memory and keeps the
 * codec, so that a picture of 100 megapixels takes 400 MB three times. Here the
 * pixels are taken where they lie, and the codec goes when it has decoded.
 *
 * @module
 */

/** A codec that runs. */
interface Codec {
  decode(file: BufferSource, ...options: unknown[]): unknown;
}

/** Red, green, blue and alpha, within the codec's memory. */
export type PixelTaker = (rgba: Uint8Array) => void;

/**
 * Decodes a file with a new instance, so that none is left broken by a damaged
 * file.
 *
 * @param factory Of the codec, as its package exports it.
 * @param wasm Its code: as bytes it needs no read permission.
 * @param take Called once with the pixels, which are gone when it returns.
 * @param complain Called with each line that the codec prints.
 * @param options What it wants to know besides the file.
 */
export async function runCodec(
  factory: unknown,
  wasm: Uint8Array<ArrayBuffer>,
  file: Uint8Array,
  take: PixelTaker,
  complain: (line: string) => void,
  ...options: unknown[]
): Promise<void> {
  const start = factory as (options: object) => Promise<Codec>;
  const overrides = {
    noInitialRun: true,
    printErr: complain,
    instantiateWasm: (
      imports: WebAssembly.Imports,
      onInstance: (instance: WebAssembly.Instance) => void,
    ) => {
      const instance = new WebAssembly.Instance(
        new WebAssembly.Module(wasm),
        imports,
      );
      onInstance(instance);
      return instance.exports;
    },
  };
  const codec = await withTaker(take, () => start(overrides));
  withTaker(
    take,
    () => codec.decode(file as Uint8Array<ArrayBuffer>, ...options),
  );
}

/**
 * Runs `fn` while what a codec copies its pixels to takes them instead: these
 * two constructors are all that C++ knows of this side, by their global names.
 */
function withTaker<T>(take: PixelTaker, fn: () => T): T {
  const names = ["Uint8ClampedArray", "ImageData"] as const;
  const globals = globalThis as Record<string, unknown>;
  const kept = names.map((name) => globals[name]);
  globals["Uint8ClampedArray"] = function (view: Uint8Array) {
    take(view);
    return {};
  };
  globals["ImageData"] = function () {
    return {};
  };
  try {
    return fn();
  } finally {
    names.forEach((name, i) => globals[name] = kept[i]);
  }
}
