import { assertEquals } from "@std/assert";
import {
  type ConvGradientOperands,
  convGradientPath,
} from "@lib/kernels/conv_gradient_path.ts";

const FINITE: ConvGradientOperands = {
  share: 1,
  windowSize: 288,
  dyFinite: true,
  otherFinite: true,
  multipliesPadding: true,
};

Deno.test("convGradientPath() lists what is not zero where that is little", () => {
  assertEquals(convGradientPath({ ...FINITE, share: 0 }), "sparse");
  assertEquals(convGradientPath({ ...FINITE, share: 0.125 }), "sparse");
  assertEquals(convGradientPath({ ...FINITE, share: 0.9 }), "dense");
});

Deno.test("convGradientPath() lists nothing for the small windows of a first layer", () => {
  const operands = { ...FINITE, share: 0.125, windowSize: 9 };
  assertEquals(convGradientPath(operands), "dense");
});

Deno.test("convGradientPath() skips no zero that makes NaN of infinity", () => {
  const operands = { ...FINITE, share: 0.1, otherFinite: false };
  assertEquals(convGradientPath(operands), "dense");
});

Deno.test("convGradientPath() leaves the padding out where it makes NaN", () => {
  for (const share of [0.1, 1]) {
    const operands = { ...FINITE, share, dyFinite: false };
    assertEquals(convGradientPath(operands), "clipped");
    assertEquals(
      convGradientPath({ ...operands, multipliesPadding: false }),
      share === 1 ? "dense" : "sparse",
    );
  }
});
