/**
 * Finds what is drawn around digits: boxes, rows of boxes, circles, ovals.
 *
 * A frame has ink on three sides or more of what it holds, and is clearly
 * higher. A 0 or an 8 may hold a slash or a dot, and is as high as the other
 * digits: so a frame is measured by them, and what holds one mark only must
 * hold it as a frame does, in its middle and with paper around it.
 *
 * @module
 */

import type { Component } from "../image/mod.ts";
import { LEAST_HEIGHT } from "./_digit_size.ts";
import { Outline, type Sides } from "./_outline.ts";
import { isFrame } from "./is_frame.ts";
import { typicalHeight } from "./typical_height.ts";

/** A frame, and the sides that are closed around all that it holds. */
export interface Frame {
  component: Component;
  sides: Sides;
  /** Height of the digits on the picture, in pixels. */
  typical: number;
}

/** Part of its bounding box that a frame's ink covers at most. */
const MOST_INK = 0.6;

/** Least height of a frame, in heights of the picture's digits. */
const LEAST_FRAME = 1.25;

/** Least height of a digit that it holds, in the same. */
const LEAST_HELD = 0.5;

/** Least size of a frame that holds one digit, in sizes of that digit. */
const LEAST_RATIO = 1.25;

/** How far the digit is off the frame's middle at most, in its sizes. */
const OFF_MIDDLE = 0.2;

/** Width, in heights, below which a frame may be a 0; and of a slash in it. */
const NARROW = 0.85;
const STRAIGHT = 0.3;

/** @param components Of one picture; may hold specks. */
export function findFrames(components: Component[]): Frame[] {
  const marks = components.filter(({ height }) => height >= LEAST_HEIGHT);
  const isOpen = ({ width, height, area }: Component) =>
    area <= MOST_INK * width * height;
  const holding = new Set(
    marks.filter((mark) => isOpen(mark) && isFrame(mark, marks)),
  );
  if (holding.size === 0) return [];
  const digits = marks.filter((mark) => !holding.has(mark));
  const typical = typicalHeight(digits);
  const large = digits.filter(({ height }) => height >= LEAST_HELD * typical);
  return [...holding].flatMap((component): Frame[] => {
    if (component.height < LEAST_FRAME * typical) return [];
    const outline = new Outline(component);
    const held = large.map((digit) => ({
      digit,
      sides: outline.around(digit),
    })).filter(({ sides }) => countClosed(sides) >= 3);
    if (held.length === 0) return [];
    if (held.length === 1 && !holdsAlone(component, held[0]!.digit)) return [];
    const all = (side: keyof Sides) => held.every(({ sides }) => sides[side]);
    const sides = {
      left: all("left"),
      right: all("right"),
      top: all("top"),
      bottom: all("bottom"),
    };
    return countClosed(sides) >= 3 ? [{ component, sides, typical }] : [];
  });
}

function countClosed(sides: Sides): number {
  return Object.values(sides).filter((isClosed) => isClosed).length;
}

/** Whether a component is a frame around one digit, and no digit itself. */
function holdsAlone(frame: Component, digit: Component): boolean {
  const isHigher = frame.height >= LEAST_RATIO * digit.height &&
    frame.width >= LEAST_RATIO * digit.width;
  const dx = frame.x + frame.width / 2 - digit.x - digit.width / 2;
  const dy = frame.y + frame.height / 2 - digit.y - digit.height / 2;
  const isMiddle = Math.abs(dx) <= OFF_MIDDLE * frame.width &&
    Math.abs(dy) <= OFF_MIDDLE * frame.height;
  const maybeZero = frame.width < NARROW * frame.height &&
    slenderness(digit) < STRAIGHT;
  return isHigher && isMiddle && !maybeZero;
}

/** Breadth of a component by its length, whichever way it leans; 1 is round. */
function slenderness({ x, y, area, runs }: Component): number {
  let [sumX, sumY, sumXX, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let run = 0; run < runs.length; run += 3) {
    const row = runs[run]! - y;
    for (let at = runs[run + 1]! - x; at < runs[run + 2]! - x; at++) {
      sumX += at;
      sumY += row;
      sumXX += at * at;
      sumXY += at * row;
      sumYY += row * row;
    }
  }
  const xx = sumXX / area - (sumX / area) ** 2;
  const yy = sumYY / area - (sumY / area) ** 2;
  const xy = sumXY / area - sumX * sumY / area ** 2;
  const half = Math.hypot((xx - yy) / 2, xy);
  const mean = (xx + yy) / 2;
  return Math.sqrt(Math.max(0, mean - half) / Math.max(1e-9, mean + half));
}
