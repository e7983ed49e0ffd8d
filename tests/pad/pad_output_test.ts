import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodePicture } from "@lib/image/mod.ts";
import { exampleDrawing, padOutput } from "@lib/pad/mod.ts";
import type { Reading } from "@lib/read/mod.ts";

const URL = "http://127.0.0.1:1234/token/";

const read = () =>
  Promise.resolve<Reading>({
    ...{ text: "7", confidence: 1, turned: 0 },
    lines: [{
      text: "7",
      confidence: 1,
      digits: [
        { digit: 7, confidence: 1, rejected: false, box: [350, 200, 12, 80] },
      ],
    }],
  });

Deno.test("padOutput() shows what was read, and no address where nobody looks", async () => {
  const { live, still, caption } = await padOutput(URL, read);
  assertEquals(Object.keys(still), ["image/png", "text/plain"]);
  assertEquals(still["text/plain"], "Drawn: 5283. Read: 7.");
  assertStringIncludes(caption, "the pad needs the running kernel");
  assert(!JSON.stringify([still, caption]).includes("127.0.0.1"));
  const picture = await decodePicture(
    Uint8Array.fromBase64(still["image/png"]!),
  );
  const plain = exampleDrawing();
  assertEquals(picture.width, plain.width);
  // The frame, one pixel left of the box.
  const at = 3 * (240 * picture.width + 349);
  assertEquals([...picture.data.subarray(at, at + 3)], [213, 94, 0]);
  assertEquals([...plain.data.subarray(at, at + 3)].includes(94), false);
  assertEquals(live["image/png"], still["image/png"]);
});

Deno.test("padOutput() has the pad hidden until it says that it is there", async () => {
  const { live, caption } = await padOutput(URL, read);
  const html = live["text/html"]!;
  assertStringIncludes(html, `<iframe src="${URL}"`);
  assertStringIncludes(html, "height:0;");
  assertStringIncludes(html, caption);
  const two = await padOutput(URL, read);
  const id = (text: string) => text.match(/<div id="([^"]+)"/)![1];
  assert(id(html) !== id(two.live["text/html"]!));
});
