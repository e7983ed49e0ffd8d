/** How all figures look. @module */

/**
 * Blue and vermilion, told apart with every kind of color vision and on light
 * and dark ground. Source: Okabe and Ito, "Color Universal Design", 2008.
 */
export const BLUE = "#0072b2";
export const VERMILION = "#d55e00";
/** The same source's bluish green, where a third color is needed. */
export const GREEN = "#009e73";
