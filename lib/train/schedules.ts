/**
 * How the learning rate goes over a run, by name.
 *
 * @module
 */

/** The learning rate's factor at `progress`, 0 at the start and 1 at the end. */
export type Schedule = (progress: number) => number;

/** The schedules that can be asked for. */
export const SCHEDULES: Readonly<Record<string, Schedule>> = {
  /** The same all the way, as in the original script. */
  constant: () => 1,
  /**
   * From 1 down to 0 along half a cosine. Source: Loshchilov and Hutter,
   * "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017,
   * equation 5, without restarts.
   */
  cosine: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
  /**
   * From a tenth up to 1 in the first tenth, then down to 0, both in straight
   * lines. Source: Smith and Topin, "Super-Convergence: Very Fast Training of
   * Neural Networks Using Large Learning Rates", 2018, section 3, with a
   * shorter way up.
   */
  "one-cycle": (progress) =>
    progress < 0.1 ? 0.1 + 9 * progress : (1 - progress) / 0.9,
};
