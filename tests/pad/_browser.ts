/// <reference lib="dom" />
/** Debian's Chromium, headless, and hands that draw in it. @module */

import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

/** Points in a box of height 1 and a width below that. */
export type Stroke = (readonly [x: number, y: number])[];

/** Starts the browser; `CHROMIUM` says where it lies, if not where Debian's does. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // A name that somebody else has let point here.
      "--host-resolver-rules=MAP evil.example 127.0.0.1",
    ],
  });
}

/** Milliseconds that a slow machine may take for what a quick one does at once. */
const PATIENCE = 120_000;

/** What a page did besides being looked at. */
export interface OpenedPage {
  page: Page;
  /**
   * Errors and warnings of the page and of the browser about it, but that a test
   * should look at its canvas less often.
   */
  complaints: string[];
  /** Addresses that it asked. */
  asked: string[];
}

/** Opens a page in a window of its own, which is closed in the end. */
export async function withPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  fn: (opened: OpenedPage) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    const opened: OpenedPage = { page, complaints: [], asked: [] };
    page.on("console", (message) => {
      const isOurs = message.text().includes("willReadFrequently");
      if (["error", "warning"].includes(message.type()) && !isOurs) {
        opened.complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => opened.complaints.push(`${error}`));
    page.on("request", (request) => opened.asked.push(request.url()));
    await page.goto(url);
    await fn(opened);
  } finally {
    await context.close();
  }
}

/** Where a box of the sheet's units lies on the screen. */
async function onScreen(
  page: Page,
  frame: string | undefined,
): Promise<(x: number, y: number) => [x: number, y: number]> {
  const sheet = (frame ? page.frameLocator(frame) : page).locator("#canvas");
  const { x: left, y: top, width, height } = (await sheet.boundingBox())!;
  return (x, y) => [left + x * width / 720, top + y * height / 480];
}

/** Where a digit is drawn: its top left corner and its height, of 720×480. */
export interface Place {
  x: number;
  y: number;
  height: number;
  /** The iframe that the pad is in, as a selector. */
  frame?: string;
}

/** Draws with the mouse. */
export async function drawWithMouse(
  page: Page,
  strokes: Stroke[],
  { x, y, height, frame }: Place,
): Promise<void> {
  const at = await onScreen(page, frame);
  for (const stroke of strokes) {
    for (const [i, [right, below]] of stroke.entries()) {
      await page.mouse.move(...at(x + right * height, y + below * height));
      if (i === 0) await page.mouse.down();
    }
    await page.mouse.up();
  }
}

/** Draws with a finger. */
export async function drawWithFinger(
  page: Page,
  strokes: Stroke[],
  { x, y, height }: Place,
): Promise<void> {
  const at = await onScreen(page, undefined);
  const devices = await page.context().newCDPSession(page);
  const touch = (
    type: "touchStart" | "touchMove" | "touchEnd",
    ...points: [x: number, y: number][]
  ) =>
    devices.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(([x, y]) => ({ x, y })),
    });
  for (const stroke of strokes) {
    for (const [i, [right, below]] of stroke.entries()) {
      await touch(
        i === 0 ? "touchStart" : "touchMove",
        at(x + right * height, y + below * height),
      );
    }
    await touch("touchEnd");
  }
  await devices.detach();
}

/**
 * Gives the page a file, as a person who drops or pastes it.
 *
 * @param content Its bytes, or how many zeros.
 */
export async function giveFile(
  page: Page,
  how: "drop" | "paste",
  name: string,
  content: Uint8Array | number,
): Promise<void> {
  const sent = typeof content === "number" ? content : [...content];
  await page.evaluate(({ how, name, sent }) => {
    // Both a list of bytes and a length make one.
    const bytes = new Uint8Array(sent as number);
    const data = new DataTransfer();
    data.items.add(new File([bytes], name));
    const init = { bubbles: true, cancelable: true };
    document.body.dispatchEvent(
      how === "drop"
        ? new DragEvent("drop", { ...init, dataTransfer: data })
        : new ClipboardEvent("paste", { ...init, clipboardData: data }),
    );
  }, { how, name, sent });
}

/**
 * What an element says, once it says what is wanted, or after two
 * minutes whatever it says.
 */
export async function textOf(
  page: Page,
  selector: string,
  wanted: string | RegExp,
  frame?: string,
): Promise<string> {
  const element = (frame ? page.frameLocator(frame) : page).locator(selector);
  const end = performance.now() + PATIENCE;
  for (;;) {
    const text = await element.textContent() ?? "";
    const isRight = typeof wanted === "string"
      ? text === wanted
      : wanted.test(text);
    if (isRight || performance.now() > end) return text;
    await new Promise((done) => setTimeout(done, 20));
  }
}
