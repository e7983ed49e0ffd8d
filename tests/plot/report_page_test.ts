import {
  assert,
  assertEquals,
  assertLess,
  assertStringIncludes,
} from "@std/assert";
import plotly from "plotly.js-dist" with { type: "text" };
import {
  type Figure,
  mistakesFigure,
  type Report,
  reportPage,
} from "@lib/plot/mod.ts";

const HOSTILE = `</script><script>alert("1 & 2")</script><!-- </title>`;

const FIGURE: Figure = {
  data: [{ type: "scatter", x: [1, 2], y: [3, null] }],
  layout: { height: 100 },
  text: "Epoch 1: fine",
};

function reportWith(part: Partial<Report>): Report {
  return { title: "A training", summary: [], figures: [], ...part };
}

/** What stands between the only `before` and the next `after`. */
function between(page: string, before: string, after: string): string {
  const parts = page.split(before);
  assertEquals(parts.length, 2, `${before} stands ${parts.length - 1} times`);
  return parts[1]!.split(after)[0]!;
}

Deno.test("reportPage() writes title, facts and figures in their order", async () => {
  const page = await reportPage(reportWith({
    summary: [["Seed", "7"], ["Test accuracy", "99.12 %"]],
    figures: [{ title: "Curves", caption: "It learns.", figure: FIGURE }],
  }));
  const told = [
    "<!doctype html>",
    `<html lang="en">`,
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    "<title>A training</title>",
    "<h1>A training</h1>",
    `<tr><th scope="row">Seed</th><td>7</td></tr>`,
    `<tr><th scope="row">Test accuracy</th><td>99.12 %</td></tr>`,
    "<h2>Curves</h2>",
    "<figcaption>It learns.</figcaption>",
    "<pre>Epoch 1: fine</pre>",
    "</html>",
  ];
  const places = told.map((part) => page.indexOf(part));
  assert(places.every((place) => place >= 0), `${places}`);
  assertEquals(places, places.toSorted((a, b) => a - b));
});

Deno.test("reportPage() keeps hostile text from ending or beginning a tag", async () => {
  const figure = {
    ...FIGURE,
    layout: { title: { text: HOSTILE } },
    text: HOSTILE,
  };
  const plain = await reportPage(reportWith({
    summary: [["Seed", "7"]],
    figures: [{ title: "Curves", caption: "It learns.", figure: FIGURE }],
  }));
  const page = await reportPage({
    title: HOSTILE,
    summary: [[HOSTILE, HOSTILE]],
    figures: [{ title: HOSTILE, caption: HOSTILE, figure }],
  });
  const tags = (html: string) => html.match(/<[!/a-z][^\s>]*/g);
  assertEquals(tags(page), tags(plain));
  assertStringIncludes(page, `aria-label="&lt;/script&gt;`);
  assertStringIncludes(page, "alert(&quot;1 &amp; 2&quot;)");
});

Deno.test("reportPage() embeds data and layout as JSON that reads back", async () => {
  const figure = { ...FIGURE, layout: { title: { text: HOSTILE } } };
  const page = await reportPage(reportWith({
    figures: [{ title: "Curves", caption: "", figure }],
  }));
  const json = between(
    page,
    `<script type="application/json">`,
    "</script>",
  );
  assertEquals(JSON.parse(json), { data: figure.data, layout: figure.layout });
});

Deno.test("reportPage() asks for nothing from elsewhere", async () => {
  const page = await reportPage(reportWith({
    figures: [{ title: "Curves", caption: "", figure: FIGURE }],
  }));
  assertEquals(page.match(/\w+:\/\/|\b(src|href)=|url\(|@import/g), null);
  const policy = between(
    page,
    `<meta http-equiv="Content-Security-Policy" content="`,
    `"`,
  );
  assertEquals(policy.split("; "), [
    "default-src 'none'",
    "script-src 'unsafe-inline'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

Deno.test("reportPage() holds the whole of Plotly once, gzipped", async () => {
  const page = await reportPage(reportWith({}));
  const base64 = between(
    page,
    `<script type="text/plain" id="plotly">`,
    "</script>",
  );
  const unpacked = new Blob([Uint8Array.fromBase64(base64)]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  assert(await new Response(unpacked).text() === plotly);
});

Deno.test("reportPage() stays under 4 MB with a full gallery", async () => {
  const image = new Uint8Array(784).fill(255);
  const mistake = { image, label: 5, predicted: 3, confidence: 0.97 };
  const page = await reportPage(reportWith({
    figures: [{
      title: "Mistakes",
      caption: "",
      figure: mistakesFigure(new Array(100).fill(mistake)),
    }],
  }));
  assertLess(new TextEncoder().encode(page).length, 4e6);
});
