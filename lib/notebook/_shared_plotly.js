/**
 * Runs in the page, before the scripts of this room: where those that draw
 * meet the one that brings Plotly, whichever comes first.
 */

globalThis.digitPlotly ??= (() => {
  let give;
  const promise = new Promise((resolve) => give = resolve);
  return { promise, give };
})();
