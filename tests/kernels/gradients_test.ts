import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { registerTrainingKernels, startWasmBackend } from "@lib/kernels/mod.ts";
import { kernelCalls } from "./_kernel_calls.ts";
import { onCpu, values } from "./_parity.ts";

await startWasmBackend();
registerTrainingKernels();

/** What `registerTrainingKernels()` has put before the engine's own methods. */
const REPLACED = ["gradients", "saveTensorsForBackwardMode"];

/** Runs a function with the walk that TensorFlow.js ships. */
function asShipped<Result>(run: () => Result): Result {
  const engine = tf.engine() as unknown as Record<string, unknown>;
  const ours = REPLACED.map((name) => [name, engine[name]] as const);
  for (const name of REPLACED) {
    assert(Object.hasOwn(engine, name), `${name} is not replaced`);
    delete engine[name];
  }
  try {
    return run();
  } finally {
    for (const [name, method] of ours) engine[name] = method;
  }
}

/** The numbers of some tensors, and nothing where there is none. */
function numbers(tensors: (tf.Tensor | undefined)[]): (number[] | undefined)[] {
  return tensors.map((tensor) => tensor && [...tensor.dataSync()]);
}

/** Checks that both walks give the same bits, and returns them. */
function assertAsShipped(gradients: () => tf.Tensor[]): number[][] {
  const run = () => tf.tidy(() => numbers(gradients()) as number[][]);
  const ours = run();
  assertEquals(ours, asShipped(run));
  return ours;
}

const x = tf.tensor2d(values([4, 6], 1), [4, 6]);
const w = tf.tensor2d(values([6, 6], 2), [6, 6]);

Deno.test("gradients() adds up what comes by several ways, as shipped", () => {
  assertAsShipped(() =>
    tf.grads((x, w) => {
      const once = tf.tanh(tf.matMul(x!, w!));
      return once.mul(once).add(x!.sigmoid()).add(once.sum(1, true)).mean();
    })([x, w])
  );
});

Deno.test("gradients() passes by what leads to the value from elsewhere, or leads elsewhere", () => {
  assertAsShipped(() =>
    tf.grads((x) => {
      // Neither of these is between x and the value.
      w.square().sum();
      x!.exp();
      return x!.mul(w.slice([0, 0], [4, 6])).sum();
    })([x])
  );
});

Deno.test("gradients() weights the value with dy, as shipped", () => {
  const dy = tf.tensor2d(values([4, 6], 3), [4, 6]);
  assertAsShipped(() => [tf.grad((x) => x.square())(x, dy)]);
});

Deno.test("gradients() goes through operations with several results", () => {
  assertAsShipped(() =>
    tf.grads((x) => {
      const [left, right] = tf.split(x!, 2, 1);
      const [top] = tf.unstack(right!);
      return left!.square().sum().add(top!.sum());
    })([x])
  );
});

// d/dx x⁴ = 4x³, 12x², 24x.
Deno.test("gradients() are differentiated themselves, twice", () => {
  const fourth = (x: tf.Tensor) => x.square().square().sum();
  const first = tf.grad(fourth);
  const second = tf.grad((x) => first(x).sum());
  const third = tf.grad((x) => second(x).sum());
  const at = tf.tensor1d([-1, 0, 2]);
  assertEquals(assertAsShipped(() => [first(at), second(at), third(at)]), [
    [-4, 0, 32],
    [12, 0, 48],
    [-24, 0, 48],
  ]);
});

// What these keep is their result: shipped, their second derivatives throw.
Deno.test("gradients() of gradients go through what ops keep of their results", () => {
  const x = [-1, 0.5, 2];
  const second = (f: (x: tf.Tensor) => tf.Tensor) =>
    tf.tidy(() => {
      const first = tf.grad((x) => f(x).sum());
      return [...tf.grad((x) => first(x).sum())(tf.tensor1d(x)).dataSync()];
    });
  const tanh = x.map((x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2));
  for (const [i, value] of second(tf.tanh).entries()) {
    assertAlmostEquals(value, tanh[i]!, 1e-6);
  }
  for (const [i, value] of second(tf.exp).entries()) {
    assertAlmostEquals(value, Math.exp(x[i]!), 1e-5);
  }
  assertThrows(
    () => asShipped(() => second(tf.tanh)),
    Error,
    "Cannot compute gradient",
  );
});

Deno.test("gradients() pass by an input that is left out", () => {
  const scale = tf.tensor1d([1, 2]);
  const moments = [tf.tensor1d([0, 1]), tf.tensor1d([1, 4])] as const;
  const at = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const run = (offset?: tf.Tensor1D) =>
    tf.tidy(() => {
      const gradient = tf.grad((x) =>
        tf.batchNorm(x, ...moments, offset, scale).square().sum()
      );
      return [...gradient(at).dataSync()];
    });
  assertEquals(run(), run(tf.tensor1d([0, 0])));
});

// The inner function uses what the outer one has computed: h = 3x², and
// d/dx (d/dx (h x) = 9x²) = 18x.
Deno.test("gradients() of gradients see what was computed before the inner ones", () => {
  const outer = tf.grad((x) => {
    const h = x.square().mul(3);
    return tf.grad((x) => x.mul(h))(x).sum();
  });
  const at = tf.tensor1d([1, -2]);
  assertEquals(assertAsShipped(() => [outer(at)]), [[18, -36]]);
});

Deno.test("gradients() takes variables, with none to those that are not used", () => {
  const used = tf.variable(tf.scalar(3));
  const unused = tf.variable(tf.scalar(5));
  const run = () =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => used.square().asScalar(),
        [used, unused],
      );
      return numbers([value, grads[used.name], grads[unused.name]]);
    });
  assertEquals(run(), [[9], [6], undefined]);
  assertEquals(run(), asShipped(run));
  used.dispose();
  unused.dispose();
});

Deno.test("gradients() goes through a person's own operation and what it saves", () => {
  const straight = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    return {
      value: tf.round(x as tf.Tensor),
      gradFunc: (dy, [x]) => dy.mul(x!),
    };
  });
  const [dx] = assertAsShipped(() => [tf.grad((x) => straight(x).sum())(w)]);
  assertEquals(dx, [...w.dataSync()]);
});

Deno.test("gradients() runs no operation for what is kept for them, and frees it", () => {
  const gradient = tf.grad((x) => tf.matMul(x, w).relu().square().sum());
  gradient(x).dispose();
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  const names = kernelCalls(() => gradient(x).dispose());
  assert(names.includes("BatchMatMul"), `${names}`);
  assertEquals(names.filter((name) => name === "Identity"), []);
  const after = tf.memory();
  assertEquals(
    [after.numTensors, after.numBytes, after.numDataBuffers],
    [numTensors, numBytes, numDataBuffers],
  );
});

Deno.test("gradients() are the same on another backend", async () => {
  const run = () =>
    tf.tidy(() =>
      tf.grad((x) => x.square().mul(x).sum())(x.clone()).dataSync<"float32">()
    );
  assertEquals(await onCpu(run), run());
});

Deno.test("gradients() leaves what the function was given, though it is kept meanwhile", () => {
  const at = tf.tensor1d([2, 3]);
  tf.grad((x) => x.square().sum())(at).dispose();
  assertEquals([...at.dataSync()], [2, 3]);
  at.dispose();
  assertThrows(() => at.dataSync(), Error, "disposed");
});

Deno.test("gradients() can be taken after a function has thrown", () => {
  assertThrows(
    () =>
      tf.grad(() => {
        throw new RangeError("no value");
      })(x),
    RangeError,
    "no value",
  );
  assertEquals(tf.engine().state.gradientDepth, 0);
  assertAsShipped(() => [tf.grad((x) => x.square().sum())(x)]);
});

const engine = tf.engine() as unknown as {
  gradients(
    f: () => unknown,
    xs: tf.Tensor[],
    dy?: tf.Tensor,
  ): { grads: tf.Tensor[] };
};

Deno.test("gradients() says what it wants and what came", () => {
  const cases: [() => unknown, string][] = [
    [
      () => engine.gradients(() => x.sum(), []),
      "Cannot take gradients as there must be a tensor to take them to: got 0",
    ],
    [
      () => engine.gradients(() => x.sum(), [x], tf.scalar(1, "int32")),
      "Cannot take gradients as dy must be float32: got int32",
    ],
    [
      () => engine.gradients(() => 3, [x]),
      "Cannot take gradients as the function must return a tensor: got number",
    ],
    [
      () => engine.gradients(() => w.sum(), [x]),
      "Cannot take gradients as the function must use what they are taken to: it uses none of it",
    ],
    [
      () => engine.gradients(() => tf.logicalNot(x.cast("bool")), [x]),
      "Cannot take gradients as LogicalNot must have a gradient: it has none",
    ],
  ];
  for (const [run, message] of cases) assertThrows(run, TypeError, message);
});

/** A person's own operation with such a gradient. */
const withGradient = (gradient: () => tf.Tensor) => () =>
  engine.gradients(
    () =>
      tf.customGrad((x) => ({
        value: (x as tf.Tensor).sum(),
        gradFunc: gradient,
      }))(x),
    [x],
  );

Deno.test("gradients() refuses one of another dtype or shape than its input", () => {
  assertThrows(
    withGradient(() => tf.zeros([4, 6], "int32")),
    TypeError,
    "Cannot take gradients as the gradient of ",
  );
  assertThrows(
    withGradient(() => tf.zeros([4, 6], "int32")),
    TypeError,
    " must be float32: got int32",
  );
  assertThrows(
    withGradient(() => tf.zeros([6, 4])),
    TypeError,
    " must have the shape [4,6]: got [6,4]",
  );
});

Deno.test("gradients() refuses a registered gradient that lacks an input's", () => {
  const shipped = tf.getGradient("Tanh");
  tf.unregisterGradient("Tanh");
  tf.registerGradient({ kernelName: "Tanh", gradFunc: () => ({}) });
  try {
    assertThrows(
      () => tf.grad((x) => x.tanh().sum())(x),
      TypeError,
      "Cannot take gradients as Tanh must have a gradient to its x: it has those to nothing",
    );
  } finally {
    tf.unregisterGradient("Tanh");
    tf.registerGradient(shipped);
  }
});
