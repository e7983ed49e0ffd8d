/**
 * Pictures of all that led to a reading, for `explainPage()`.
 *
 * @module
 */

import { percent } from "../format/numbers.ts";
import {
  drawDigit,
  encodePng,
  type GrayImage,
  invert,
  resize,
  type RgbImage,
  threshold,
} from "../image/mod.ts";
import type {
  ExplainedCandidate,
  ExplainedRow,
  ExplainedStage,
  Explanation,
} from "../plot/mod.ts";
import {
  type Box,
  type Candidate,
  drawOverlay,
  inkLevels,
  type InkRow,
  type Reading,
  type ReadStages,
} from "../read/mod.ts";

/** Longer side of a picture on the page, in pixels. */
const SIDE = 900;

/** Candidates that are shown of a row besides those of its best path. */
const MOST_OTHERS = 120;

/** Of candidates: a bluish green that stands out from ink and from overlays. */
const CANDIDATE = [0, 158, 115] as const;

/** Classes that are named for a candidate. */
const NAMED = 3;

/** What is shown of a picture that was read. */
export async function explainReading(
  name: string,
  picture: RgbImage,
  stages: ReadStages,
  reading: Reading,
): Promise<Explanation> {
  const { read } = stages;
  const rows: ExplainedRow[] = [];
  for (const [i, row] of read.rows.entries()) {
    rows.push(await explainRow(row, i, read.ink));
  }
  return {
    title: `How ${name} was read`,
    summary: [
      ["Read", reading.text.replaceAll("\n", " | ") || "no digits"],
      ["Confidence", percent(reading.confidence, 1)],
      ["Turned by", `${reading.turned}°, clockwise`],
      ["Size", `${picture.width}×${picture.height} pixels`],
      ["Size that was worked on", `${read.ink.width}×${read.ink.height}`],
    ],
    stages: await explainStages(picture, stages, reading),
    rows,
  };
}

async function explainStages(
  picture: RgbImage,
  { gray, page, paper, ink, withoutRules, read }: ReadStages,
  reading: Reading,
): Promise<ExplainedStage[]> {
  const stages: [title: string, text: string, image: GrayImage | RgbImage][] = [
    [
      "Gray",
      "The brightness of the picture, at the size that is worked on.",
      gray,
    ],
    [
      "Background",
      "The paper as it would be without writing: its shade is taken off next.",
      paper,
    ],
    [
      "Ink",
      "How much darker than its paper each place is (or lighter, where the " +
      "ground is dark), shown dark on white.",
      invert(ink),
    ],
  ];
  if (page !== gray) {
    stages.splice(1, 0, [
      "Page",
      "What lies around the page is painted over with paper.",
      page,
    ]);
  }
  if (withoutRules !== ink) {
    stages.push([
      "Lines removed",
      "Ruled lines are gone; strokes that cross them stay.",
      invert(withoutRules),
    ]);
  }
  const mask = threshold(withoutRules, inkLevels(withoutRules).clear);
  const boxes = read.rows.flatMap(({ candidates }) =>
    candidates.map(({ component }) => component)
  );
  stages.push(
    [
      "Mask",
      "Clear ink. Fainter strokes that hang together with it count as well.",
      { ...mask, data: mask.data.map((value) => value ? 0 : 255) },
    ],
    [
      "Candidates",
      "Each box holds strokes, or pieces of strokes, that may be one digit" +
      (reading.turned === 0 ? "." : "; the picture is turned from here on."),
      drawBoxes(invert(read.ink), boxes),
    ],
    [
      "Reading",
      "The best path through the candidates of each row; ? is what it is not " +
      "sure of.",
      drawOverlay(picture, reading.lines),
    ],
  );
  const explained: ExplainedStage[] = [];
  for (const [title, text, image] of stages) {
    explained.push({ title, text, image: await imageUrl(shrink(image)) });
  }
  return explained;
}

async function explainRow(
  row: InkRow,
  index: number,
  ink: GrayImage,
): Promise<ExplainedRow> {
  const { edges } = row.path ?? { edges: [] };
  const chosen: ExplainedCandidate[] = [];
  for (const { candidate, digit, price } of edges) {
    const found = row.digits.find(({ edge }) => edge.candidate === candidate);
    chosen.push(
      await explainCandidate(row, candidate, ink, {
        name: digit === undefined ? "dropped" : `${digit}`,
        details: [
          ...found ? [`confidence ${percent(found.confidence, 1)}`] : [],
          `step costs ${price.toFixed(2)}`,
        ],
      }),
    );
  }
  const onPath = new Set(edges.map(({ candidate }) => candidate));
  const others: ExplainedCandidate[] = [];
  const cheapest = row.candidates.filter((each) => !onPath.has(each))
    .toSorted((a, b) => bestPrice(row, a) - bestPrice(row, b))
    .slice(0, MOST_OTHERS);
  for (const candidate of cheapest) {
    const details = [
      `step costs ${bestPrice(row, candidate).toFixed(2)}`,
    ];
    others.push(
      await explainCandidate(row, candidate, ink, {
        name: "not taken",
        details,
      }),
    );
  }
  return { title: `Row ${index + 1}`, chosen, others };
}

/** Of the cheapest step that takes the candidate for a digit. */
function bestPrice({ edges }: InkRow, candidate: Candidate): number {
  return Math.min(
    ...edges.filter((edge) =>
      edge.candidate === candidate && edge.digit !== undefined
    ).map(({ price }) => price),
  );
}

async function explainCandidate(
  { candidates, scores }: InkRow,
  candidate: Candidate,
  ink: GrayImage,
  { name, details }: Pick<ExplainedCandidate, "name" | "details">,
): Promise<ExplainedCandidate> {
  const own = [...scores[candidates.indexOf(candidate)]!];
  const says = own.map((probability, label) => ({ probability, label }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, NAMED)
    .map(({ probability, label }) =>
      `${label < 10 ? label : "no digit"}: ${percent(probability, 1)}`
    );
  return {
    image: await imageUrl(drawDigit(ink, candidate.component, candidate.rest)),
    name,
    details: [
      ...says,
      `shape costs ${candidate.price.toFixed(2)}`,
      ...details,
    ],
  };
}

/** Frames of one pixel. */
function drawBoxes(image: GrayImage, boxes: Box[]): RgbImage {
  const { width, height } = image;
  const drawn = toRgb(image);
  const paint = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    drawn.data.set(CANDIDATE, 3 * (y * width + x));
  };
  for (const box of boxes) {
    const right = box.x + box.width;
    const bottom = box.y + box.height;
    for (let x = box.x - 1; x <= right; x++) {
      paint(x, box.y - 1);
      paint(x, bottom);
    }
    for (let y = box.y - 1; y <= bottom; y++) {
      paint(box.x - 1, y);
      paint(right, y);
    }
  }
  return drawn;
}

/** So that it is no larger than it is looked at. */
function shrink(image: GrayImage | RgbImage): RgbImage {
  const rgb = toRgb(image);
  const { width, height } = rgb;
  const scale = SIDE / Math.max(width, height);
  if (scale >= 1) return rgb;
  const channels = [0, 1, 2].map((channel) => {
    const data = new Uint8Array(width * height);
    for (let i = 0; i < data.length; i++) data[i] = rgb.data[3 * i + channel]!;
    return resize(
      { width, height, data },
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    );
  });
  const [red] = channels;
  const data = new Uint8Array(3 * red!.data.length);
  for (const [channel, { data: values }] of channels.entries()) {
    values.forEach((value, i) => data[3 * i + channel] = value);
  }
  return { width: red!.width, height: red!.height, data };
}

function toRgb(image: GrayImage | RgbImage): RgbImage {
  const { width, height, data } = image;
  if (data.length === 3 * width * height) return image;
  const rgb = new Uint8Array(3 * data.length);
  data.forEach((value, i) => rgb.fill(value, 3 * i, 3 * i + 3));
  return { width, height, data: rgb };
}

async function imageUrl(image: GrayImage | RgbImage): Promise<string> {
  const png = await encodePng(toRgb(image));
  return `data:image/png;base64,${png.toBase64()}`;
}
