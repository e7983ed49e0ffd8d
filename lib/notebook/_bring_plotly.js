/** Runs in the page: unpacks Plotly for all figures of the notebook. */

(async () => {
  const { textContent } = document.querySelector("script.digit-plotly");
  const bytes = Uint8Array.from(
    atob(textContent),
    (char) => char.charCodeAt(0),
  );
  const source = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  // A module of its own, as pages of Jupyter have a loader that would take it.
  const element = document.createElement("script");
  element.textContent = `digitPlotly.give((() => {
    const module = { exports: {} };
    let exports = module.exports, define;
    ${await new Response(source).text()}
    return module.exports;
  })());`;
  document.head.append(element);
})();
