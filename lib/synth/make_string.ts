/**
 * Makes the pictures of the benchmark: a number of 2 to 8 digits on a page.
 *
 * Everything is in proportion to the digits, so that a small picture is as
 * hard to read as a large one, and as long as a person can still read it.
 *
 * @module
 */

import { decodePicture, encodeJpeg, type RgbImage } from "../image/mod.ts";
import type { Digits } from "../mnist/mod.ts";
import { createRandom, type Random } from "../random/mod.ts";
import { drawDifficulties } from "./difficulties.ts";
import type { Ink } from "./ink.ts";
import {
  type Color,
  type Corners,
  type PageLook,
  paintPage,
} from "./paint_page.ts";
import { firstBaseline } from "./write_rows.ts";
import { writeString, type WrittenString } from "./write_string.ts";

/** A picture, what stands on it, and what makes it hard. */
export interface StringPicture {
  picture: RgbImage;
  text: string;
  /** Of `DIFFICULTIES`; none where it is plain. */
  difficulties: string[];
}

/** How large the page is, and how the number is written on it. */
interface Plan {
  width: number;
  height: number;
  digitHeight: number;
  penWidth: number;
  tilt: number;
}

const SHORTEST = 2;
const LONGEST = 8;
/** Pictures are so wide; each width is as likely as its half. */
const WIDTHS = [300, 1600] as const;
const HEIGHTS = [150, 800] as const;
/** Digits are no smaller: a person must read them. */
const LEAST_DIGIT = 32;
/** How far from a page's edge its seen part ends at most, of its side. */
const MOST_INSET = 0.09;

const INKS: Color[] = [
  [28, 58, 160], // blue
  [186, 36, 44], // red
  [22, 108, 62], // green
  [98, 44, 132], // purple
  [112, 62, 32], // brown
];
const PAPERS: Color[] = [
  [250, 236, 150], // yellow
  [248, 204, 208], // pink
  [196, 220, 242], // blue
  [204, 232, 196], // green
  [206, 176, 136], // brown
];
const LINES: Color[] = [
  [110, 140, 200], // blue
  [120, 120, 124], // gray
  [204, 110, 110], // red
];

/**
 * Makes one picture of the benchmark; the same arguments, the same bytes.
 *
 * @param digits At least one; the number is written with some of them.
 * @param seed An integer from 0 to 2³²−1.
 * @param index Which picture of that seed: each is made on its own.
 * @throws {RangeError} If the seed is not such an integer.
 *
 * @example The first picture of a seed
 * ```ts
 * import { loadSample } from "../mnist/mod.ts";
 * import { makeString } from "./make_string.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { picture, text } = await makeString(await loadSample(), 7, 0);
 * assertEquals(picture.data.length, 3 * picture.width * picture.height);
 * assertEquals(text.length >= 2 && text.length <= 8, true);
 * ```
 */
export async function makeString(
  digits: Digits,
  seed: number,
  index: number,
): Promise<StringPicture> {
  const random = createRandom(seed, `string ${index}`);
  const between = (least: number, most: number) =>
    least + (most - least) * random.next();
  const hard = drawDifficulties(random);
  const length = Math.floor(between(SHORTEST, LONGEST + 1));
  const plan = drawPlan(length, hard, between);
  const written = writeString(digits, {
    length,
    digitHeight: plan.digitHeight,
    penWidth: plan.penWidth,
    slant: hard.has("slant")
      ? between(0.18, 0.32) * (random.next() < 0.75 ? 1 : -1)
      : between(-0.06, 0.06),
    tilt: plan.tilt,
    gap: Math.max(3, plan.digitHeight * between(0.1, 0.3)),
    touching: hard.has("touching"),
  }, random);

  const { page, baseline } = layOnPage(written, plan, between);
  const look = drawLook(hard, plan, between, random);
  const text = {
    ...plan,
    width: page.width,
    height: page.height,
    rows: [written.text],
    rowPitch: 0,
  };
  if (look.ruling) look.ruling.offset! += baseline - firstBaseline(text);
  const painted = paintPage(text, page, look, random);
  const picture = hard.has("jpeg")
    ? await decodePicture(
      await encodeJpeg(painted, Math.round(between(30, 90))),
    )
    : painted;
  return { picture, text: written.text, difficulties: [...hard] };
}

type Between = (least: number, most: number) => number;

function drawPlan(
  length: number,
  hard: Set<string>,
  between: Between,
): Plan {
  const [narrow, wide] = WIDTHS;
  const width = Math.round(narrow * (wide / narrow) ** between(0, 1));
  const [low, high] = HEIGHTS;
  const height = Math.round(
    Math.max(low, Math.min(high, width * between(0.25, 0.6))),
  );
  // A digit and its gap are about as wide as a digit is high.
  const room = Math.min(0.55 * height, 0.75 * width / (0.9 * length));
  const digitHeight = Math.max(LEAST_DIGIT, room * between(0.65, 1));
  const pen = hard.has("thin pen")
    ? between(0.045, 0.065)
    : hard.has("thick pen")
    ? between(0.15, 0.19)
    : between(0.085, 0.13);
  const tilt = hard.has("slope")
    ? between(0.035, 0.09) * Math.sign(between(-1, 1))
    : between(-0.015, 0.015);
  const penWidth = Math.max(1.6, pen * digitHeight);
  return { width, height, digitHeight, penWidth, tilt };
}

/** Somewhere on the page, with paper all around. */
function layOnPage(
  { ink, baseline }: WrittenString,
  { width, height, digitHeight, tilt }: Plan,
  between: Between,
): { page: Ink; baseline: number } {
  // As wide as the number needs it, where its digits are wider than most.
  const side = (length: number, ink: number) =>
    Math.max(
      length,
      Math.ceil((ink + digitHeight / 3) / (1 - 2 * MOST_INSET)),
    );
  const page = {
    width: side(width, ink.width),
    height: side(height, ink.height),
  };
  const start = (length: number, ink: number) => {
    const least = MOST_INSET * length + digitHeight / 6;
    return Math.round(between(least, length - least - ink));
  };
  const x = start(page.width, ink.width);
  const y = start(page.height, ink.height);
  const data = new Float32Array(page.width * page.height);
  for (let row = 0; row < ink.height; row++) {
    const from = row * ink.width;
    data.set(
      ink.data.subarray(from, from + ink.width),
      (y + row) * page.width + x,
    );
  }
  const middle = page.width / 2 - (x + digitHeight / 3);
  return { page: { ...page, data }, baseline: y + baseline + tilt * middle };
}

function drawLook(
  hard: Set<string>,
  { digitHeight, penWidth }: Plan,
  between: Between,
  random: Random,
): PageLook {
  const choose = (colors: Color[]) =>
    colors[Math.floor(random.next() * colors.length)]!;
  const vary = (color: Color, by: number): Color => {
    const lighter = between(-by, by);
    return mix(color, color, 0, () => lighter + between(-by, by) / 3);
  };
  const isInverse = hard.has("white on black");
  const paper = hard.has("colored paper")
    ? vary(choose(PAPERS), 6)
    : isInverse
    ? vary([30, 34, 32], 22)
    : vary([240, 238, 232], 12);
  const full = hard.has("colored ink")
    ? isInverse
      ? mix(vary(choose(PAPERS), 8), [255, 255, 255], 0.2)
      : vary(choose(INKS), 16)
    : isInverse
    ? vary([236, 236, 230], 14)
    : vary([42, 42, 50], 20);
  const strength = hard.has("faint ink") ? between(0.35, 0.5) : 1;
  const ink = mix(paper, full, strength);
  const contrast = Math.abs(brightness(ink) - brightness(paper));
  const look: PageLook = {
    paper,
    ink,
    shade: 0,
    vignette: 0,
    shadow: 0,
    specks: 0,
    blur: 0,
    grain: 0,
  };
  if (hard.has("ruled") || hard.has("squared")) {
    const squared = hard.has("squared");
    const pitch = digitHeight * (squared ? between(0.4, 0.9) : between(1, 1.7));
    look.ruling = {
      color: mix(
        paper,
        isInverse ? [150, 160, 156] : choose(LINES),
        strength * between(0.35, 0.8),
      ),
      pitch,
      squared,
      thickness: Math.max(1, digitHeight * between(0.018, 0.032)),
      // Most people write on the lines of ruled paper, some across them.
      offset: squared || random.next() < 0.4
        ? between(0, pitch)
        : between(0, digitHeight / 15),
    };
  }
  if (hard.has("shade")) {
    look.shade = between(0.15, 0.5);
    look.vignette = between(0, 0.35);
    look.shadow = random.next() < 0.5 ? between(0.15, 0.4) : 0;
  }
  if (hard.has("texture")) look.texture = contrast * between(0.02, 0.06);
  if (hard.has("perspective")) look.corners = drawCorners(between);
  if (hard.has("blur")) {
    look.blur = Math.min(4, 0.5 + penWidth * between(0.1, 0.3));
  }
  if (hard.has("noise")) look.grain = contrast * between(0.03, 0.09);
  return look;
}

function drawCorners(between: Between): Corners {
  const near = () => between(0, MOST_INSET);
  const far = () => 1 - near();
  return [
    [near(), near()],
    [far(), near()],
    [far(), far()],
    [near(), far()],
  ];
}

/** From one color (share 0) to another (share 1), and some more of each part. */
function mix(
  from: Color,
  to: Color,
  share: number,
  more: () => number = () => 0,
): Color {
  const part = (i: 0 | 1 | 2) =>
    Math.max(0, Math.min(255, from[i] + (to[i] - from[i]) * share + more()));
  return [part(0), part(1), part(2)];
}

/** As the eye weighs colors: ITU-R BT.601. */
function brightness([red, green, blue]: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
