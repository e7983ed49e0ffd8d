/**
 * Numbers as a person reads them.
 *
 * @module
 */

/**
 * A share of 0…1 in percent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(percent(0.9912), "99.12 %");
 * assertEquals(percent(0.9912, 1), "99.1 %");
 * ```
 */
export function percent(share: number, decimals = 2): string {
  return `${(share * 100).toFixed(decimals)} %`;
}

/**
 * A whole number with its thousands apart.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(thousands(60000), "60,000");
 * ```
 */
export function thousands(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/**
 * A time in seconds, as hours, minutes and seconds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(duration(83), "1:23");
 * assertEquals(duration(3723), "1:02:03");
 * ```
 */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  if (whole >= 3600) parts.unshift(Math.floor(whole / 3600));
  return parts
    .map((part, index) => index === 0 ? `${part}` : `${part}`.padStart(2, "0"))
    .join(":");
}
