/** Parts what hangs together by faint ink. @module */

import {
  type Component,
  type GrayImage,
  thresholdComponent,
} from "../image/mod.ts";
import { LEAST_DIGIT, MOST_DIGIT, MOST_TOUCHING } from "./_digit_size.ts";
import { isIntruder } from "./is_intruder.ts";

/** Size up to which a component is taken for one digit, in typical heights. */
const HEIGHT = 1.7;

/**
 * Takes a component apart at rising thresholds, each part again as long as it
 * is too large for one digit or lies along the picture's border.
 *
 * A large one that may still be a digit stays whole where fewer than two digits
 * come out of it: then it is one, and a higher threshold only harms it.
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
  const isSmall = width <= MOST_TOUCHING * typical &&
    height <= HEIGHT * typical;
  if (level === undefined || isOwn && isSmall) return [component];
  const parts = thresholdComponent(ink, component, level)
    .flatMap((part) => takeApart(part, ink, higher, typical));
  const digits = parts.filter((part) => part.height >= LEAST_DIGIT * typical);
  const isWriting = isOwn && height <= MOST_DIGIT * typical &&
    width <= MOST_TOUCHING * typical;
  return isWriting && digits.length < 2 ? [component] : parts;
}
