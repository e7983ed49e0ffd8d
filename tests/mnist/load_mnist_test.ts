import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  type Digits,
  loadMnist,
  type LoadMnistOptions,
  MIRRORS,
  type MnistSplits,
  PIXELS,
  SPLIT_SEED,
} from "@lib/mnist/mod.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";
import { fileOf, gzip, smallMnist } from "./idx_bytes.ts";

const READS = { read: [TMP] };
const WRITES = { read: [TMP], write: [TMP] };
const SMALL = smallMnist(40, 20);
const NAMES = [...SMALL.keys()];
const FILES = await Promise.all(
  [...SMALL].map(([name, bytes]) => fileOf(name, bytes)),
);

/** Splits `SMALL` from `folder`, with mirrors that have it; counts requests. */
function small(folder: string) {
  const asked: string[] = [];
  const fetchSmall = async (url: string | URL | Request) => {
    const name = String(url).slice(MIRRORS[0]!.length).replace(/\.gz$/, "");
    asked.push(name);
    return new Response(await gzip(SMALL.get(name)!));
  };
  const options: LoadMnistOptions = {
    seed: 7,
    folder,
    files: FILES,
    fetch: fetchSmall as typeof fetch,
  };
  return { asked, options };
}

/** What `loadMnist()` is told where there is no network. */
const OFFLINE: LoadMnistOptions = {
  seed: 7,
  folder: `${TMP}/none`,
  fetch: () => Promise.reject(new TypeError("network unreachable")),
};

async function writeSmall(folder: string, gzipped: boolean) {
  for (const [name, bytes] of SMALL) {
    await (gzipped
      ? Deno.writeFile(`${folder}/${name}.gz`, await gzip(bytes))
      : Deno.writeFile(`${folder}/${name}`, bytes));
  }
}

const lengths = ({ train, validation, test }: MnistSplits) =>
  [train, validation, test].map(({ labels }) => labels.length);

/** The first pixel of each image: in `SMALL` the image's index. */
const firstPixels = ({ images }: Digits) =>
  Array.from(
    { length: images.length / PIXELS },
    (_, i) => images[i * PIXELS]!,
  );

Deno.test("loadMnist() splits the sample 8,000 / 1,000 / 1,000", async () => {
  const splits = await loadMnist("sample", { seed: 7 });
  assertEquals(lengths(splits), [8000, 1000, 1000]);
  assertEquals(splits.source, "sample");
  assertEquals(
    splits.description,
    "The 10,000 bundled digits (8,000 to train, 1,000 to validate, 1,000 to test), all from MNIST's training set",
  );
});

Deno.test("loadMnist() puts a tenth of each class of the sample into each of the small splits", async () => {
  const { validation, test } = await loadMnist("sample", { seed: 7 });
  // The sample has 1001 zeros, 1127 ones, 991 twos and so on.
  const all = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];
  for (const { labels } of [validation, test]) {
    all.forEach((count, digit) => {
      const held = labels.filter((label) => label === digit).length;
      assert(Math.abs(held - count / 10) <= 1, `${held} of ${count}`);
    });
  }
});

Deno.test("loadMnist() splits by the seed", async () => {
  const [a, b, c] = await Promise.all(
    [7, 7, 8].map((seed) => loadMnist("sample", { seed })),
  );
  assertEquals(a, b);
  assertNotEquals(a!.test.images, c!.test.images);
});

Deno.test("loadMnist() holds out the same digits where no seed is given", async () => {
  const [own, other] = [
    await loadMnist("sample"),
    await loadMnist("sample", { seed: SPLIT_SEED }),
  ];
  assertEquals(own, other);
});

Deno.test("loadMnist() rejects a seed before it loads anything", async () => {
  const fetchNothing = () => Promise.reject(new Error("it was called"));
  await assertRejects(
    () => loadMnist("auto", { seed: -1, fetch: fetchNothing }),
    RangeError,
    "current seed is -1",
  );
});

for (const gzipped of [false, true]) {
  testThatNeeds(
    WRITES,
    `loadMnist() reads a folder of ${gzipped ? "gzipped" : "plain"} IDX files`,
    () =>
      withTempFolder(async (folder) => {
        await writeSmall(folder, gzipped);
        const splits = await loadMnist(folder, { seed: 7 });
        assertEquals(lengths(splits), [37, 3, 20]);
        assertEquals(splits.source, "mnist");
        assertEquals(
          splits.description,
          `MNIST from ${folder}: 37 to train, 3 to validate, 20 to test`,
        );
        const { train, validation, test } = splits;
        assertEquals(
          [...firstPixels(train), ...firstPixels(validation)]
            .sort((a, b) => a - b),
          Array.from({ length: 40 }, (_, i) => i),
        );
        assertEquals(
          firstPixels(test),
          Array.from({ length: 20 }, (_, i) => 100 + i),
        );
      }),
  );
}

testThatNeeds(
  WRITES,
  "loadMnist() names the file that a folder lacks",
  () =>
    withTempFolder(async (folder) => {
      await writeSmall(folder, true);
      await Deno.remove(`${folder}/train-labels-idx1-ubyte.gz`);
      await assertRejects(
        () => loadMnist(folder, { seed: 7 }),
        Deno.errors.NotFound,
        `Cannot read MNIST from "${folder}" as each of its four IDX files must be there, with or without .gz: train-labels-idx1-ubyte is missing`,
      );
    }),
);

testThatNeeds(
  READS,
  "loadMnist() rejects a folder that is not there, with the choices",
  async () => {
    await assertRejects(
      () => loadMnist(`${TMP}/smaple`, { seed: 7 }),
      Deno.errors.NotFound,
      `Cannot read MNIST from "${TMP}/smaple" as it must be auto, full, sample or a folder with the four IDX files: `,
    );
  },
);

testThatNeeds(
  WRITES,
  "loadMnist() rejects a file in the place of a folder",
  () =>
    withTempFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/file`, "");
      await assertRejects(
        () => loadMnist(`${folder}/file`, { seed: 7 }),
        Deno.errors.NotADirectory,
        "or a folder with the four IDX files: it is a file",
      );
    }),
);

testThatNeeds(
  WRITES,
  "loadMnist() names the damaged file of a folder",
  () =>
    withTempFolder(async (folder) => {
      await writeSmall(folder, false);
      const name = "t10k-images-idx3-ubyte";
      const path = `${folder}/${name}`;
      await Deno.writeFile(path, SMALL.get(name)!.slice(0, -1));
      await assertRejects(
        () => loadMnist(folder, { seed: 7 }),
        SyntaxError,
        `Cannot parse ${path} as a shape of [20,28,28] needs 15696 bytes`,
      );
      await Deno.writeFile(path, (await gzip(SMALL.get(name)!)).slice(0, -1));
      await assertRejects(
        () => loadMnist(folder, { seed: 7 }),
        SyntaxError,
        `Cannot unpack ${path} as`,
      );
      await Deno.remove(path);
      await Deno.mkdir(path);
      await assertRejects(
        () => loadMnist(folder, { seed: 7 }),
        Error,
        `Cannot read ${path} as it must be a readable file: `,
      );
    }),
);

testThatNeeds(
  WRITES,
  "loadMnist() names the files of a folder that do not fit",
  () =>
    withTempFolder(async (folder) => {
      await writeSmall(folder, false);
      await Deno.writeFile(
        `${folder}/train-labels-idx1-ubyte`,
        SMALL.get("t10k-labels-idx1-ubyte")!,
      );
      await assertRejects(
        () => loadMnist(folder, { seed: 7 }),
        TypeError,
        `Cannot make digits of the train files in ${folder} as each image must have one label: current are 40 images and 20 labels`,
      );
    }),
);

testThatNeeds(
  WRITES,
  "loadMnist() holds out one of two digits, and rejects one",
  () =>
    withTempFolder(async (folder) => {
      for (const count of [2, 1]) {
        for (const [name, bytes] of smallMnist(count, 1)) {
          await Deno.writeFile(`${folder}/${name}`, bytes);
        }
        const splits = loadMnist(folder, { seed: 7 });
        if (count === 2) assertEquals(lengths(await splits), [1, 1, 1]);
        else await assertRejects(() => splits, RangeError, "Cannot hold out");
      }
    }),
);

for (const data of ["auto", "full"]) {
  testThatNeeds(
    WRITES,
    `loadMnist() with ${data} downloads MNIST once`,
    () =>
      withTempFolder(async (folder) => {
        const { asked, options } = small(`${folder}/mnist`);
        const splits = await loadMnist(data, options);
        assertEquals(asked, NAMES);
        assertEquals(lengths(splits), [37, 3, 20]);
        assertEquals(splits.source, "mnist");
        assertEquals(await loadMnist(data, options), splits);
        assertEquals(asked, NAMES); // not asked again
      }),
  );

  testThatNeeds(
    WRITES,
    `loadMnist() with ${data} downloads only what is missing`,
    () =>
      withTempFolder(async (folder) => {
        await writeSmall(folder, false);
        await Deno.remove(`${folder}/train-images-idx3-ubyte`);
        const { asked, options } = small(folder);
        assertEquals(lengths(await loadMnist(data, options)), [37, 3, 20]);
        assertEquals(asked, ["train-images-idx3-ubyte"]);
      }),
  );

  testThatNeeds(
    WRITES,
    `loadMnist() with ${data} rejects a damaged file before it downloads`,
    () =>
      withTempFolder(async (folder) => {
        const path = `${folder}/${NAMES[3]}`;
        await Deno.writeFile(path, Uint8Array.of(1, 2, 3));
        const { asked, options } = small(folder);
        await assertRejects(
          () => loadMnist(data, options),
          SyntaxError,
          `Cannot use ${path} as the SHA-256 of its 3 bytes must be ${
            FILES[3]!.sha256
          }: current is 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81; remove it to have it downloaded again`,
        );
        assertEquals(asked, []);
      }),
  );

  testThatNeeds(
    WRITES,
    `loadMnist() with ${data} rejects a folder that it cannot write`,
    () =>
      withTempFolder(async (folder) => {
        const { options } = small(folder);
        const path = `${folder}/${NAMES[0]}.gz`;
        const fetchAndObstruct: typeof fetch = async (url) => {
          await Deno.mkdir(`${path}/in_the_way`, { recursive: true });
          return await options.fetch!(url);
        };
        await assertRejects(
          () => loadMnist(data, { ...options, fetch: fetchAndObstruct }),
          Error,
          `Cannot write ${path} as its folder must be writable, with room for `,
        );
      }),
  );

  testThatNeeds(
    WRITES,
    `loadMnist() with ${data} rejects a file in the place of its folder`,
    () =>
      withTempFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/mnist`, "");
        await assertRejects(
          () => loadMnist(data, small(`${folder}/mnist`).options),
          Error,
          `Cannot read ${folder}/mnist/${
            NAMES[0]
          } as it must be a readable file: `,
        );
      }),
  );
}

testThatNeeds(
  READS,
  "loadMnist() with auto takes the sample where there is no network, and says so",
  async () => {
    const splits = await loadMnist("auto", OFFLINE);
    assertEquals(splits.source, "sample");
    assertEquals(lengths(splits), [8000, 1000, 1000]);
    assertEquals(
      splits.description,
      "The 10,000 bundled digits (8,000 to train, 1,000 to validate, 1,000 to test), as MNIST could not be downloaded (both mirrors: no connection (network unreachable)); for all 70,000 connect once and run again, or pass --data DIR with the four IDX files",
    );
  },
);

testThatNeeds(
  READS,
  "loadMnist() with full rejects where there is no network",
  async () => {
    await assertRejects(
      () => loadMnist("full", OFFLINE),
      Deno.errors.Http,
      "Cannot download t10k-labels-idx1-ubyte.gz as its SHA-256, uncompressed, must be ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2: both mirrors: no connection (network unreachable)",
    );
  },
);
