import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { sha256 } from "@lib/files/mod.ts";
import { createRandom } from "@lib/random/mod.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
} from "@lib/train/mod.ts";
import { exampleCheckpoint } from "./_states.ts";

const TRIED = "Cannot go on from a.bin";

/** Where the header begins: behind the name, a SHA-256 and its own length. */
const START = 8 + 64 + 4;

/** Bits, so that -0 is another value than 0. */
function bits(values: Float32Array | undefined): Uint32Array | undefined {
  return values && new Uint32Array(values.slice().buffer);
}

for (const averaging of [0.9, 0]) {
  Deno.test(`decodeCheckpoint() gives what encodeCheckpoint() took, averaging=${averaging}`, async () => {
    const checkpoint = exampleCheckpoint(averaging);
    const again = await decodeCheckpoint(
      await encodeCheckpoint(checkpoint),
      TRIED,
    );
    assertEquals(again, checkpoint);
    assertEquals(bits(again.state.weights), bits(checkpoint.state.weights));
    assertEquals(bits(again.state.average), bits(checkpoint.state.average));
  });
}

Deno.test("encodeCheckpoint() refuses a run that has diverged", async () => {
  for (const value of [NaN, Infinity]) {
    const weights = exampleCheckpoint();
    weights.state.weights[3] = value;
    const loss = exampleCheckpoint();
    loss.state.loss = value;
    for (const diverged of [weights, loss]) {
      await assertRejects(
        () => encodeCheckpoint(diverged),
        RangeError,
        "Cannot keep a checkpoint as the loss and all weights must be finite numbers: some are not, as where the learning rate is too high",
      );
    }
  }
});

Deno.test("decodeCheckpoint() refuses bytes that are not as they were written", async () => {
  const whole = await encodeCheckpoint(exampleCheckpoint());
  const refused = async (bytes: Uint8Array<ArrayBuffer>) => {
    const error = await assertRejects(
      () => decodeCheckpoint(bytes, TRIED),
      SyntaxError,
    );
    assert(!error.message.includes("\n"));
    return error.message;
  };
  const random = createRandom(7);
  for (let round = 0; round < 500; round++) {
    const bytes = whole.slice();
    bytes[Math.floor(random.next() * bytes.length)]! ^= 1 << round % 8;
    await refused(bytes);
    await refused(whole.slice(0, Math.floor(random.next() * whole.length)));
  }
  await refused(Uint8Array.of(...whole, 0));
  assertEquals(
    await refused(new Uint8Array()),
    `${TRIED} as it must begin as checkpoints do: it begins with "" and has 0 bytes`,
  );
  whole[whole.length - 1]! ^= 1;
  assertEquals(
    await refused(whole),
    `${TRIED} as its bytes must be as they were written: their SHA-256 is not the one in it`,
  );
});

/** What a header says, as JSON has it. */
// deno-lint-ignore no-explicit-any -- It is there to be made wrong.
type Json = any;

/** The bytes with another header and a right SHA-256. */
async function withHeader(
  checkpoint: Checkpoint,
  change: (header: Json) => Json,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await encodeCheckpoint(checkpoint);
  const length = new DataView(bytes.buffer).getUint32(START - 4, true);
  const end = START + length;
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(START, end)),
  );
  const changed = change(header) ?? header;
  const json = new TextEncoder().encode(JSON.stringify(changed));
  return await signed(json, bytes.subarray(end));
}

async function signed(
  header: Uint8Array,
  values: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  const rest = Uint8Array.of(...length, ...header, ...values);
  return Uint8Array.of(
    ...new TextEncoder().encode(`DIGITRUN${await sha256(rest)}`),
    ...rest,
  );
}

Deno.test("decodeCheckpoint() refuses one that lies, in one sentence", async (t) => {
  const HEADER = `${TRIED} as its header must describe a run: `;
  const cases: [string, (header: Json) => Json, string][] = [
    ["a word", () => "word", "it is not that of this version"],
    ["version", (h) => void (h.version = 2), "it is not that of this version"],
    ["no choices", (h) => void (delete h.choices), "its seed is undefined"],
    ["no state", (h) => void (h.state = null), "its epoch is undefined"],
    ["digits", (h) => void (h.digits = "0"), 'its digits is "0"'],
    ["seed", (h) => void (h.choices.seed = -1), "its seed is -1"],
    ["strict", (h) => void (h.choices.strict = 1), "its strict is 1"],
    ["data", (h) => void (h.choices.data = 1), "its data is 1"],
    [
      "recipe that lacks a choice",
      (h) => void (h.choices.recipe = { epochs: 3 }),
      'its recipe is {"epochs":3}',
    ],
    [
      "recipe of numbers below 0",
      (h) => void (h.choices.recipe.beta1 = -1),
      "its recipe is {",
    ],
    [
      "architecture",
      (h) => void (h.choices.recipe.architecture = "vast"),
      'its architecture is "vast"',
    ],
    [
      "schedule",
      (h) => void (h.choices.recipe.schedule = "toString"),
      'its schedule is "toString"',
    ],
    ["epochs", (h) => void (h.choices.recipe.epochs = 1e9), "its epochs is"],
    [
      "batch size",
      (h) => void (h.choices.recipe.batchSize = 0),
      "its batchSize is 0",
    ],
    ["epoch", (h) => void (h.state.epoch = 5), "its epoch is 5"],
    ["total", (h) => void (h.state.total = 0.5), "its total is 0.5"],
    ["done", (h) => void (h.state.done = 60), "its done is 60"],
    ["half a batch", (h) => void (h.state.done = 30), "its done is 30"],
    ["loss", (h) => void (h.state.loss = null), "its loss is null"],
    ["correct", (h) => void (h.state.correct = 41), "its correct is 41"],
    ["seconds", (h) => void (h.state.seconds = "1"), 'its seconds is "1"'],
    ["history", (h) => void (h.state.history = []), "its history is []"],
    [
      "history of other epochs",
      (h) => void (h.state.history[0].epoch = 2),
      'its history is [{"epoch":2,',
    ],
    ["shapes", (h) => void (h.state.shapes = {}), "its shapes is {}"],
    ["a shape", (h) => void (h.state.shapes = [[-1]]), "its shapes is [[-1]]"],
    ["trainable", (h) => void (h.trainable = -4), "its trainable is -4"],
    ["power", (h) => void (h.state.accBeta1 = null), "its accBeta1 is null"],
  ];
  for (const [name, change, message] of cases) {
    await t.step(name, async () => {
      const bytes = await withHeader(exampleCheckpoint(), change);
      const error = await assertRejects(
        () => decodeCheckpoint(bytes, TRIED),
        SyntaxError,
      );
      assertStringIncludes(error.message, HEADER + message);
      assert(error.message.length < 200);
    });
  }
  await t.step("not JSON", async () => {
    const bytes = await signed(Uint8Array.of(1, 2, 3), new Uint8Array(88));
    await assertRejects(
      () => decodeCheckpoint(bytes, TRIED),
      SyntaxError,
      HEADER + "it is not that of this version",
    );
  });
  for (
    const [name, change] of [
      ["shapes of more weights", (h: Json) => h.state.shapes.push([1])],
      ["shapes without end", (h: Json) => h.state.shapes.push([1e9, 1e9])],
      ["more that trains", (h: Json) => h.trainable = 1e9],
      ["no average", (h: Json) => h.choices.recipe.averaging = 0],
    ] as const
  ) {
    await t.step(name, async () => {
      const bytes = await withHeader(
        exampleCheckpoint(),
        (h) => void change(h),
      );
      const error = await assertRejects(
        () => decodeCheckpoint(bytes, TRIED),
        SyntaxError,
        "bytes for weights of the shapes that it names: current length is ",
      );
      assertStringIncludes(error.message, `${TRIED} as it must have `);
    });
  }
});

Deno.test("decodeCheckpoint() refuses weights that are no numbers", async () => {
  // Six weights, four first moments, four second ones, six averages.
  for (const [index, value] of [[2, NaN], [7, -Infinity], [11, -1]] as const) {
    const { weights, average, optimizer } = exampleCheckpoint().state;
    const values = Float32Array.of(
      ...[...weights, ...optimizer.firstMoments],
      ...[...optimizer.secondMoments, ...average!],
    );
    values[index] = value;
    const right = await encodeCheckpoint(exampleCheckpoint());
    const header = right.subarray(START, right.length - values.byteLength);
    const bytes = await signed(header, new Uint8Array(values.buffer));
    await assertRejects(
      () => decodeCheckpoint(bytes, TRIED),
      SyntaxError,
      `${TRIED} as its weights must be finite numbers, and means of squares not negative: some are not`,
    );
  }
});
