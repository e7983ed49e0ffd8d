import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { explainPage } from "@lib/plot/mod.ts";

const PIXEL = "data:image/png;base64,AAAA";

/** A page of one stage and one row, with this for all its words. */
function page(words: string): string {
  return explainPage({
    title: words,
    summary: [[words, words]],
    stages: [{ title: words, text: words, image: PIXEL }],
    rows: [{
      title: words,
      chosen: [{ image: PIXEL, name: words, details: [words] }],
      others: [{ image: PIXEL, name: "other", details: [] }],
    }],
  });
}

Deno.test("explainPage() shows stages, and the best path before the others", () => {
  const html = page("seven");
  assertEquals(html.match(/<img /g)?.length, 3);
  const places = ["<h1>", 'class="stage"', "<ul", "<details>", "other</b>"]
    .map((part) => html.indexOf(part));
  assert(places.every((place) => place > 0), `${places}`);
  assertEquals(places, places.toSorted((a, b) => a - b));
  assertStringIncludes(html, "1 other candidate<");
});

Deno.test("explainPage() escapes all words, and loads nothing", () => {
  const html = page('<b class="x">&');
  assertEquals(html.match(/<b class/g), null);
  assertEquals(
    html.match(/&lt;b class=&quot;x&quot;&gt;&amp;/g)?.length,
    10,
  );
  assertEquals(html.match(/(src|href)="(?!data:)/g), null);
  assertEquals(html.includes("<script"), false);
  assertStringIncludes(html, "default-src 'none'");
});

Deno.test("explainPage() folds nothing where there are no others", () => {
  const html = explainPage({
    title: "",
    summary: [],
    stages: [],
    rows: [{ title: "Row 1", chosen: [], others: [] }],
  });
  assertEquals(html.includes("<details>"), false);
});
