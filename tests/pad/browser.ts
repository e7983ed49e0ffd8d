/// <reference lib="dom" />
/**
 * The pad in a real browser: `deno task test:pad`.
 *
 * Where the variable SCREENSHOTS names a folder, what the pages look like is left
 * there. It needs all permissions, as Playwright insists on them.
 */

import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { loadClassifier } from "@lib/cli/load_classifier.ts";
import { imageReader } from "@lib/cli/picture_reader.ts";
import { type Pad, padOutput, type PadReader, startPad } from "@lib/pad/mod.ts";
import { tiff } from "../image/picture_bytes.ts";
import {
  drawWithFinger,
  drawWithMouse,
  giveFile,
  launchBrowser,
  type Stroke,
  textOf,
  withPage,
} from "./_browser.ts";

// deno-fmt-ignore
const TWO: Stroke[] = [[
  [0.02, 0.22], [0.05, 0.12], [0.13, 0.04], [0.25, 0], [0.38, 0.02],
  [0.48, 0.1], [0.5, 0.22], [0.46, 0.35], [0.37, 0.5], [0.25, 0.66],
  [0.12, 0.82], [0.02, 0.95], [0.14, 0.93], [0.3, 0.95], [0.44, 0.98],
  [0.56, 0.95],
]];
// deno-fmt-ignore
const THREE: Stroke[] = [[
  [0.03, 0.1], [0.14, 0.02], [0.28, 0], [0.41, 0.06], [0.46, 0.17],
  [0.41, 0.29], [0.3, 0.39], [0.17, 0.44], [0.31, 0.47], [0.43, 0.55],
  [0.49, 0.68], [0.45, 0.83], [0.33, 0.95], [0.18, 1], [0.02, 0.94],
]];
// deno-fmt-ignore
const FOUR: Stroke[] = [
  [[0.3, 0], [0.22, 0.2], [0.12, 0.42], [0.02, 0.62], [0.2, 0.63],
    [0.42, 0.62], [0.62, 0.6]],
  [[0.45, 0.3], [0.44, 0.55], [0.43, 0.8], [0.41, 1]],
];
// deno-fmt-ignore
const EIGHT: Stroke[] = [[
  [0.42, 0.13], [0.33, 0.03], [0.2, 0], [0.08, 0.07], [0.05, 0.2],
  [0.12, 0.33], [0.26, 0.45], [0.4, 0.58], [0.47, 0.73], [0.42, 0.89],
  [0.28, 0.99], [0.12, 0.97], [0.02, 0.85], [0.05, 0.7], [0.17, 0.56],
  [0.31, 0.43], [0.43, 0.28], [0.42, 0.13],
]];

const MIDDLE = { x: 300, y: 120, height: 240 };
const LEFT = { x: 160, y: 120, height: 220 };
const RIGHT = { x: 400, y: 130, height: 220 };

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  hasTouch: true,
  isMobile: true,
};

async function screenshot(page: Page, name: string): Promise<void> {
  const folder = Deno.env.get("SCREENSHOTS");
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** A page of somebody else, on a port and under a name of its own. */
async function withOtherPage(
  html: string,
  fn: (url: string) => Promise<void>,
): Promise<void> {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(html, { headers: { "content-type": "text/html" } }),
  );
  try {
    await fn(`http://localhost:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

/** A share of the dark pixels of the sheet, 0…1, as it is shown. */
function inkOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector("canvas")!;
    const { data } = canvas.getContext("2d")!
      .getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let i = 3; i < data.length; i += 4) ink += data[i]! / 255;
    return ink / (data.length / 4);
  });
}

Deno.test("The pad in a browser", async (t) => {
  const readImage = imageReader(await loadClassifier(undefined));
  let count = 0;
  const reader: PadReader = async (picture) => {
    count++;
    return (await readImage(picture)).reading;
  };
  const pad = await startPad(reader, { embeddable: true });
  const browser = await launchBrowser();
  try {
    await steps(t, { browser, pad, reader, readings: () => count });
  } finally {
    await browser.close();
    await pad.close();
  }
});

interface Started {
  browser: Browser;
  pad: Pad;
  reader: PadReader;
  /** How often the reader was called. */
  readings: () => number;
}

async function steps(
  t: Deno.TestContext,
  { browser, pad, reader, readings }: Started,
): Promise<void> {
  const step = (
    name: string,
    options: object,
    fn: Parameters<typeof withPage>[3],
  ) => t.step(name, () => withPage(browser, pad.url, options, fn));

  await step("reads a digit drawn with the mouse", DESKTOP, async (opened) => {
    const { page, complaints, asked } = opened;
    await screenshot(page, "empty");
    await drawWithMouse(page, THREE, MIDDLE);
    assertEquals(await textOf(page, "#number", "3"), "3");
    assertMatch(await textOf(page, "#digits li", /^3\d/), /^3\d+\s%$/);
    assertMatch(await textOf(page, "#note", /^Read/), /^Read in \d+\sms\.$/);
    assertMatch(
      await textOf(page, "#said", /^Read 3/),
      /^Read 3\. \d+\s% sure$/,
    );
    assertEquals(await page.locator("#hint").isVisible(), false);
    // The box lies around the drawing, within a pen's width.
    const box = (await page.locator("#boxes div").boundingBox())!;
    const sheet = (await page.locator("#canvas").boundingBox())!;
    const unit = sheet.width / 720;
    const near = (found: number, wanted: number) =>
      assert(Math.abs(found / unit - wanted) < 24, `${found} ${wanted}`);
    near(box.x - sheet.x, 300);
    near(box.y - sheet.y, 120);
    near(box.height, 240);
    await screenshot(page, "desktop");
    assertEquals(complaints, []);
    const { origin } = new URL(pad.url);
    assert(asked.length > 10);
    assertEquals(
      asked.filter((url) => !url.startsWith(origin) && url !== "data:,"),
      [],
    );
  });

  await step(
    "reads a number of two digits, takes back and clears",
    { ...DESKTOP, colorScheme: "dark" },
    async ({ page, complaints }) => {
      await drawWithMouse(page, FOUR, LEFT);
      assertEquals(await textOf(page, "#number", "4"), "4");
      await drawWithMouse(page, TWO, RIGHT);
      assertEquals(await textOf(page, "#number", "42"), "42");
      assertEquals(await page.locator("#boxes div").count(), 2);
      assertMatch(
        await textOf(page, "#note", /^All/),
        /^All digits right: \d+\s%\. Read in \d+\sms\.$/,
      );
      await screenshot(page, "dark");
      await page.click("#undo");
      assertEquals(await textOf(page, "#number", "4"), "4");
      await page.click("#clear");
      assertEquals(await textOf(page, "#number", ""), "");
      await until(async () => await inkOf(page) === 0);
      assert(await page.locator("#hint").isVisible());
      // What was cleared comes back too.
      await page.keyboard.press("Control+z");
      assertEquals(await textOf(page, "#number", "4"), "4");
      await until(async () => await inkOf(page) > 0);
      await page.keyboard.press("Escape");
      assertEquals(await textOf(page, "#number", ""), "");
      assertEquals(complaints, []);
    },
  );

  await step(
    "shows what it reads while the pen is still down",
    DESKTOP,
    async ({ page }) => {
      const { x, y, width } = (await page.locator("#canvas").boundingBox())!;
      await page.mouse.move(x + width / 2, y + 60);
      await page.mouse.down();
      await page.mouse.move(x + width / 2, y + 320, { steps: 20 });
      assertEquals(await textOf(page, "#number", "1"), "1");
      await page.mouse.up();
    },
  );

  await step(
    "reads a picture that is dropped, pasted or chosen",
    DESKTOP,
    async ({ page, complaints }) => {
      const bytes = await Deno.readFile("data/samples/5283.webp");
      await giveFile(page, "drop", "5283.webp", bytes);
      assertEquals(await textOf(page, "#number", "5283"), "5283");
      assertEquals(await page.locator("#boxes div").count(), 4);
      assert(await inkOf(page) > 0.2, "the picture is seen");
      await screenshot(page, "dropped");
      await page.click("#clear");
      assertEquals(await textOf(page, "#number", ""), "");
      await giveFile(page, "paste", "5283.webp", bytes);
      assertEquals(await textOf(page, "#number", "5283"), "5283");
      await page.setInputFiles(
        "#file",
        "data/samples/2049_371_58862_rows.jpg",
      );
      assertEquals(
        await textOf(page, "#number", /^2049/),
        "2049\n371\n58862",
      );
      await screenshot(page, "rows");
      // A drawing takes the place of a picture.
      await drawWithMouse(page, EIGHT, MIDDLE);
      assertEquals(await textOf(page, "#number", "8"), "8");
      await page.click("#undo");
      assertEquals(
        await textOf(page, "#number", /^2049/),
        "2049\n371\n58862",
      );
      assertEquals(complaints, []);
    },
  );

  await step(
    "says in a sentence what it cannot read or show, and keeps the drawing",
    DESKTOP,
    async ({ page }) => {
      await drawWithMouse(page, THREE, MIDDLE);
      await giveFile(page, "drop", "a.txt", new TextEncoder().encode("hello"));
      const problem =
        'Cannot decode the file as a picture as it must be PNG, JPEG, WebP, TIFF or BMP: it begins with the text "hello".';
      assertEquals(await textOf(page, "#problem", problem), problem);
      assertEquals(await textOf(page, "#number", "3"), "3");
      assert(await inkOf(page) > 0);
      await screenshot(page, "problem");
      await giveFile(page, "drop", "big.png", 21 * 2 ** 20);
      const large =
        "A picture must have at most 20 MB here: big.png has 21 MB.";
      assertEquals(await textOf(page, "#problem", large), large);
      // One white pixel; no browser but Safari shows TIFF.
      const white = tiff(
        { 256: [1], 257: [1], 258: [8], 259: [1], 262: [1], 277: [1] },
        [[255]],
      );
      await giveFile(page, "paste", "a.tiff", white);
      const unseen =
        "This browser cannot show such a picture, only what was read off it.";
      assertEquals(await textOf(page, "#problem", unseen), unseen);
      assertMatch(await textOf(page, "#note", /^No/), /^No digit found, in /);
    },
  );

  await step(
    "is used with the keyboard alone",
    DESKTOP,
    async ({ page, complaints }) => {
      const order: string[] = [];
      for (let i = 0; i < 5; i++) {
        await page.keyboard.press("Tab");
        order.push(
          await page.evaluate(() => {
            const { id, tagName } = document.activeElement!;
            return id || tagName;
          }),
        );
      }
      assertEquals(order, ["canvas", "undo", "clear", "open", "SUMMARY"]);
      await page.focus("#canvas");
      // A 7, the bar with Space held, the rest with the pen put down.
      const press = async (key: string, times: number) => {
        for (let i = 0; i < times; i++) await page.keyboard.press(key);
      };
      await page.keyboard.down(" ");
      await press("ArrowRight", 12);
      assertEquals(await textOf(page, "#said", "Pen down"), "Pen down");
      await page.keyboard.up(" ");
      assertEquals(await textOf(page, "#said", "Pen up"), "Pen up");
      await page.keyboard.press("Enter");
      for (let i = 0; i < 20; i++) {
        await press("ArrowDown", 1);
        await press("Shift+ArrowLeft", 2);
      }
      await page.keyboard.press("Enter");
      assertEquals(await textOf(page, "#number", "7"), "7");
      await screenshot(page, "keyboard");
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await until(async () => await inkOf(page) === 0);
      // Lifted, it draws nothing.
      await press("ArrowDown", 5);
      await new Promise((done) => setTimeout(done, 100));
      assertEquals(await inkOf(page), 0);
      assertEquals(complaints, []);
    },
  );

  await step(
    "is drawn on with a finger",
    PHONE,
    async ({ page, complaints }) => {
      await screenshot(page, "phone-empty");
      await drawWithFinger(page, TWO, LEFT);
      await drawWithFinger(page, EIGHT, RIGHT);
      assertEquals(await textOf(page, "#number", "28"), "28");
      const layout = await page.evaluate(() => {
        const canvas = document.querySelector("canvas")!;
        const { scrollWidth, clientWidth } = document.documentElement;
        return {
          scrolled: [scrollX, scrollY],
          overflow: scrollWidth - clientWidth,
          sharpness: canvas.width / canvas.clientWidth,
        };
      });
      assertEquals([layout.scrolled, layout.overflow], [[0, 0], 0]);
      assert(Math.abs(layout.sharpness - 3) < 0.01, `${layout.sharpness}`);
      await screenshot(page, "phone");
      assertEquals(complaints, []);
    },
  );

  await step("runs no script but its own", DESKTOP, async ({ page }) => {
    await assertRejects(
      () => page.addScriptTag({ content: "document.title = 'evil'" }),
      Error,
      "",
    );
    await assertRejects(
      () => page.addScriptTag({ url: "http://127.0.0.1:9/evil.js" }),
      Error,
      "",
    );
    assertEquals(await page.title(), "Draw a number");
  });

  await t.step(
    "gives a page elsewhere nothing, even if it knows the token",
    () =>
      withOtherPage(
        "<title>evil</title>",
        (url) =>
          withPage(browser, url, DESKTOP, async ({ page }) => {
            const { visits } = pad;
            const before = readings();
            const ends = await page.evaluate(async (address) => {
              const end = (promise: Promise<unknown>) =>
                promise.then((answer) => `${answer}`, () => "nothing");
              const read = `${address}read`;
              const body = new Blob(["x"]);
              return [
                await end(fetch(address).then((got) => got.text())),
                await end(
                  fetch(read, { method: "POST", body }).then((got) =>
                    got.text()
                  ),
                ),
                await end(
                  fetch(read, { method: "POST", body, mode: "no-cors" })
                    .then((got) => got.text()),
                ),
                await end(import(`${address}words.js`)),
              ];
            }, pad.url);
            assertEquals(ends, Array(4).fill("nothing"));
            assertEquals([pad.visits, readings()], [visits, before]);
          }),
      ),
  );

  await t.step("gives a page nothing whose own name points here", () => {
    const { port, pathname } = new URL(pad.url);
    const url = `http://evil.example:${port}${pathname}`;
    return withPage(browser, url, DESKTOP, async ({ page }) => {
      const sentence =
        `Cannot answer as the host must be 127.0.0.1:${port}: it is evil.example:${port}`;
      assertEquals(await page.textContent("body"), sentence);
      // For the browser this is the pad's own page.
      const answer = await page.evaluate(async () => {
        const body = new Blob(["x"]);
        const response = await fetch("read", { method: "POST", body });
        return `${response.status} ${await response.text()}`;
      });
      assertEquals(answer, `421 ${sentence}`);
    });
  });

  await t.step("is shown and drawn on in a notebook's output", async () => {
    const { live } = await padOutput(pad.url, reader);
    await withOtherPage(
      `<body style="margin:16px;max-width:900px">${live["text/html"]}`,
      (url) =>
        withPage(browser, url, DESKTOP, async ({ page }) => {
          const frame = page.locator("iframe");
          await until(async () => (await frame.boundingBox())!.height > 400);
          assertEquals(await page.locator("figure").isVisible(), false);
          await drawWithMouse(page, EIGHT, { ...LEFT, frame: "iframe" });
          await drawWithMouse(page, THREE, { ...RIGHT, frame: "iframe" });
          assertEquals(await textOf(page, "#number", "83", "iframe"), "83");
          await screenshot(page, "notebook");
        }),
    );
  });

  await t.step("is a still picture where the server is gone", async () => {
    const gone = await startPad(reader, { embeddable: true });
    const { live, caption } = await padOutput(gone.url, reader);
    await withPage(browser, gone.url, DESKTOP, async ({ page }) => {
      await gone.close();
      await drawWithMouse(page, THREE, MIDDLE);
      const sentence =
        "The pad's server does not answer: it ended with the kernel or the task that started it.";
      assertEquals(await textOf(page, "#problem", sentence), sentence);
      assert(await inkOf(page) > 0);
    });
    await withOtherPage(
      live["text/html"]!,
      (url) =>
        withPage(browser, url, DESKTOP, async ({ page }) => {
          assert(await page.locator("figure img").isVisible());
          assertEquals(await textOf(page, "figcaption", caption), caption);
          assertEquals((await page.locator("iframe").boundingBox())!.height, 0);
          await screenshot(page, "still");
        }),
    );
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await isSo())) {
    assert(performance.now() < end, "it took more than two minutes");
    await new Promise((done) => setTimeout(done, 20));
  }
}
