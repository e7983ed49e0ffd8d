import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodePicture } from "@lib/image/mod.ts";
import { figureHtml, mimeBundle, plotlyHtml } from "@lib/notebook/mod.ts";
import { confusionFigure, type Figure } from "@lib/plot/mod.ts";

const HOSTILE = `</script><script>alert("1 & 2")</script><!-- </pre>`;

const FIGURE: Figure = {
  data: [{ type: "scatter", x: [1, 2], y: [3, 4] }],
  layout: { height: 100 },
  text: "It rises\nfrom 3 to 4",
};

Deno.test("mimeBundle() gives a figure in three formats where it has to be quick", async () => {
  const { data, metadata } = await mimeBundle(FIGURE, { still: false });
  assertEquals(data["text/plain"], FIGURE.text);
  assertEquals(data["text/html"], figureHtml(FIGURE));
  const plotly = data["application/vnd.plotly.v1+json"] as Figure;
  assertEquals([plotly.data, plotly.layout.height], [FIGURE.data, 100]);
  assertEquals(data["image/png"], undefined);
  assertEquals(metadata, {});
});

Deno.test("mimeBundle() gives a picture as JPEG, gray or in color, no larger than a page", async () => {
  for (const channels of [1, 3]) {
    const picture = {
      width: 1400,
      height: 100,
      data: new Uint8Array(1400 * 100 * channels).fill(200),
    };
    const { data } = await mimeBundle(picture);
    const jpeg = Uint8Array.fromBase64(data["image/jpeg"] as string);
    const shown = await decodePicture(jpeg);
    assertEquals([shown.width, shown.height], [700, 50]);
    assert(shown.data.every((value) => Math.abs(value - 200) < 4));
    assertEquals(data["text/plain"], "A picture of 1400×100 pixels");
  }
});

Deno.test("mimeBundle() keeps small pictures as large as they are", async () => {
  const picture = { width: 28, height: 28, data: new Uint8Array(784) };
  const { data } = await mimeBundle(picture);
  const jpeg = Uint8Array.fromBase64(data["image/jpeg"] as string);
  assertEquals((await decodePicture(jpeg)).width, 28);
});

Deno.test("mimeBundle() gives a table as HTML and as text, numbers to the right", async () => {
  const { data } = await mimeBundle({
    columns: ["Name", "Count"],
    rows: [["a < b", 5], ["c", 1234]],
  });
  assertEquals(data["text/plain"], "Name   Count\na < b      5\nc       1234");
  const html = data["text/html"] as string;
  assertStringIncludes(html, `<td style="text-align: left">a &lt; b</td>`);
  assertStringIncludes(html, `<td style="text-align: right">1234</td>`);
  assertStringIncludes(html, `<th style="text-align: right">Count</th>`);
});

Deno.test("mimeBundle() gives a string as text", async () => {
  assertEquals(await mimeBundle("Predicted number: 5283"), {
    data: { "text/plain": "Predicted number: 5283" },
    metadata: {},
  });
});

Deno.test("figureHtml() keeps hostile text from ending or beginning a tag", () => {
  const tags = (html: string) => html.match(/<[!/a-z][^\s>]*/g);
  const layout = { height: 9, title: { text: HOSTILE } };
  const html = figureHtml({ data: [], layout, text: HOSTILE });
  assertEquals(tags(html), tags(figureHtml(FIGURE)));
  const [, json] = html.split(`<script type="application/json">`);
  assertEquals(
    JSON.parse(json!.split("</script>")[0]!).layout.title,
    layout.title,
  );
});

Deno.test("figureHtml() and plotlyHtml() ask for nothing from elsewhere", async () => {
  const html = figureHtml(confusionFigure(
    Array.from({ length: 10 }, () => new Array(10).fill(1)),
  )) + await plotlyHtml();
  assertEquals(html.match(/\w+:\/\/|\b(src|href)=|url\(|@import/g), null);
});
