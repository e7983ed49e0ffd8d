/**
 * What the reader makes of a picture, for figures.
 *
 * @module
 */

import { percent } from "../format/numbers.ts";
import { drawDigit, type GrayImage } from "../image/mod.ts";
import { argMax } from "../model/mod.ts";
import type { Background, JudgedDigit, NamedBox } from "../plot/mod.ts";
import type { InkRow } from "../read/mod.ts";
import { type Picture, pictureJpeg } from "./picture_jpeg.ts";

/** A picture for `boxesFigure()`, in its own pixels however it is drawn. */
export async function pictureBackground(picture: Picture): Promise<Background> {
  const { width, height } = picture;
  const jpeg = (await pictureJpeg(picture)).toBase64();
  return { url: `data:image/jpeg;base64,${jpeg}`, width, height };
}

/** All that may be a digit, each with what the network takes it for. */
export function candidateBoxes(rows: InkRow[]): NamedBox[] {
  return rows.flatMap(({ candidates, scores }) =>
    candidates.map(({ component }, i) => {
      const { x, y, width, height } = component;
      return { x, y, width, height, name: nameOf(scores[i]!) };
    })
  );
}

/** The digits that were read, as the network saw and judged them. */
export function judgedDigits(rows: InkRow[], ink: GrayImage): JudgedDigit[] {
  return rows.flatMap(({ digits, candidates, scores }) =>
    digits.map(({ edge: { candidate } }) => ({
      image: drawDigit(ink, candidate.component).data,
      probabilities: scores[candidates.indexOf(candidate)]!,
    }))
  );
}

function nameOf(scores: Float32Array): string {
  const label = argMax(scores);
  const name = label < 10 ? `${label}` : "no digit";
  return `${name}: ${percent(scores[label]!, 1)}`;
}
