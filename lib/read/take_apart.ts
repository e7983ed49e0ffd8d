/** Parts what hangs together by faint ink. @module */

import {
  type Component,
  type GrayImage,
  thresholdComponent,
} from "../image/mod.ts";
import { LEAST_DIGIT, MOST_DIGIT, MOST_TOUCHING } from "./_digit_size.ts";
import { isIntruder } from "./is_intruder.ts";

/** Size up to which a component is taken for one digit, in typical heights. */
const WIDTH = 1.4;
const HEIGHT = 1.7;

/** Part of a wide one's pixels that its digits keep, or else it stays whole. */
const KEPT = 0.75;

/**
 * Takes a component apart at rising thresholds, each part again as long as it
 * is too large for one digit or lies along the picture's border.
 *
 * What may still be writing stays whole where fewer than two digits come out of
 * it, or where they lose much: a line that joins digits is fainter than they
 * are, but digits that touch do so with full ink, and a high threshold only
 * harms them.
 *
 * @param ink 0 is paper.
 * @param thresholds Rising, all above the one that found the component.
 * @param typical Height of a digit, in pixels.
 */
export function takeApart(
  component: Component,
  ink: GrayImage,
  thresholds: number[],
  typical: number,
): Component[] {
  const { width, height } = component;
  const [level, ...higher] = thresholds;
  const isOwn = !isIntruder(component, ink);
  const isSmall = width <= WIDTH * typical && height <= HEIGHT * typical;
  if (level === undefined || isOwn && isSmall) return [component];
  const parts = thresholdComponent(ink, component, level)
    .flatMap((part) => takeApart(part, ink, higher, typical));
  const digits = parts.filter((part) => part.height >= LEAST_DIGIT * typical);
  const isWriting = isOwn && height <= MOST_DIGIT * typical &&
    width <= MOST_TOUCHING * typical;
  if (!isWriting) return parts;
  const kept = digits.reduce((sum, { area }) => sum + area, 0);
  // From one that is too high, the rest of a line may be all that comes off.
  const least = height > HEIGHT * typical ? 1 : 2;
  const isApart = digits.length >= least && kept >= KEPT * component.area;
  return isApart ? parts : [component];
}
