/**
 * Runs in the page: draws what is not drawn yet, in place of its words.
 *
 * It looks for figures by their class, as not every kind of page says in which
 * output a script stands.
 */

for (const element of document.querySelectorAll(".digit-figure")) {
  if (element.dataset.drawn) continue;
  element.dataset.drawn = "soon";
  digitPlotly.promise.then(async (Plotly) => {
    const json = element.querySelector("script").textContent;
    const { data, layout: { width, height, ...layout } } = JSON.parse(json);
    const [plot, words] = element.querySelectorAll("div, pre");
    if (width === undefined) {
      plot.style.height = `${height}px`;
    } else {
      plot.style.maxWidth = `${width}px`;
      plot.style.aspectRatio = `${width} / ${height}`;
    }
    words.hidden = true;
    const config = { responsive: true, displayModeBar: false };
    await Plotly.newPlot(plot, data, layout, config);
    element.dataset.drawn = "yes";
  });
}
