/** The notebooks as exported pages, in a browser without a network. */

import { Buffer } from "node:buffer";
import { resolve } from "node:path";
import { assertEquals, assertGreater } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { testThatNeeds, TMP, withTempFolder } from "../../needs.ts";
import { FOLDER, notebookNames } from "../_notebook.ts";
import { startJupyter } from "./_jupyter.ts";
import { CHROMIUM } from "../programs.ts";
import { findProgram } from "@lib/notebook/find_program.ts";

/** Kinds of figures by what Plotly draws for them, and where they must be. */
const KINDS = {
  curves: ".scatterlayer path.js-line",
  heatMap: ".heatmaplayer image",
  gallery: ".imagelayer image, .layer-below image",
  bars: ".barlayer path",
};
const EXPECTED: Record<string, (keyof typeof KINDS)[]> = {
  "01_preprocessing.ipynb": ["gallery", "bars"],
  "02_training.ipynb": ["curves", "heatMap", "gallery", "bars"],
  "03_custom_image.ipynb": ["gallery", "heatMap", "bars"],
  "04_wasm_kernels.ipynb": ["curves", "bars"],
};

testThatNeeds(
  { read: [FOLDER, TMP], write: [TMP], run: true },
  "Each exported notebook draws its figures in a browser without a network",
  async (t) => {
    await withTempFolder(async (folder) => {
      const nbconvert = await startJupyter(folder);
      const browser = await openBrowser();
      try {
        for (const name of notebookNames()) {
          await t.step(name, async () => {
            const path = resolve(folder, name.replace(".ipynb", ".html"));
            const args = ["--to", "html", "--output", path];
            await nbconvert(...args, `${FOLDER}/${name}`);
            await checkPage(browser, path, EXPECTED[name] ?? []);
          });
        }
      } finally {
        await browser.close();
      }
    });
  },
);

/** Milliseconds that a page may take, on a busy machine too. */
const PATIENCE = 120_000;

async function openBrowser(): Promise<Browser> {
  // Loaded when needed, as it reads the environment at once.
  const { chromium } = await import("playwright-core");
  const [executablePath] = (await findProgram(CHROMIUM))!;
  return await chromium.launch({
    // A name alone is looked for beside Playwright's own browsers.
    executablePath: await whole(executablePath),
    chromiumSandbox: false,
    args: [
      ...["--disable-gpu", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
    ],
  });
}

/** The path of a program, as the shell finds it. */
async function whole(program: string): Promise<string> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `command -v ${program}`],
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

async function checkPage(
  browser: Browser,
  path: string,
  kinds: (keyof typeof KINDS)[],
): Promise<void> {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1000, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`file://${path}`, { waitUntil: "load" });
    await page.waitForFunction(
      `document.querySelectorAll('.digit-figure:not([data-drawn="yes"])').length === 0`,
    );
    // What the template of nbconvert wants from elsewhere is not ours.
    const own = errors.filter((message) => !/require|MathJax/.test(message));
    assertEquals(own, []);
    for (const kind of kinds) {
      assertGreater(await countVisible(page, KINDS[kind]), 0, kind);
    }
    if (kinds.length > 0) await checkFigures(page);
  } finally {
    await context.close();
  }
}

/** Elements that take up room on the page. */
async function countVisible(page: Page, selector: string): Promise<number> {
  const boxes = await Promise.all(
    (await page.locator(selector).all()).map((each) => each.boundingBox()),
  );
  return boxes.filter((box) => box && box.width + box.height > 4).length;
}

/** That each figure has stopped telling its words and shows something. */
async function checkFigures(page: Page): Promise<void> {
  const figures = await page.locator(".digit-figure").all();
  assertGreater(figures.length, 0);
  for (const figure of figures) {
    assertEquals(await figure.locator("pre").isVisible(), false);
    const png = PNG.sync.read(
      Buffer.from(await figure.locator("> div").screenshot()),
    );
    // Lines on white, at least: a blank figure has none of it.
    assertGreater(shareOfInk(png), 0.002);
  }
}

/** The share of pixels that are not nearly white. */
function shareOfInk({ data }: PNG): number {
  let ink = 0;
  for (let at = 0; at < data.length; at += 4) {
    const darkest = Math.min(data[at]!, data[at + 1]!, data[at + 2]!);
    if (darkest < 200) ink++;
  }
  return ink / (data.length / 4);
}
