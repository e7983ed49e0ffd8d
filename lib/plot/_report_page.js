/**
 * Runs in the page: unpacks Plotly, then draws each section's figure.
 *
 * The words under a figure are folded away first, and back again where it
 * cannot be drawn.
 */

const sections = document.querySelectorAll("section");
unfoldWords(false);

document.addEventListener("DOMContentLoaded", async () => {
  try {
    await loadPlotly();
    await draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  } catch (error) {
    unfoldWords(true);
    const problem = document.getElementById("problem");
    problem.textContent = `The figures cannot be drawn here (${error.message}).
      What they show stands below in words.`;
    problem.hidden = false;
  }
});

function unfoldWords(open) {
  for (const section of sections) section.querySelector("details").open = open;
}

async function loadPlotly() {
  const base64 = document.getElementById("plotly").textContent;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const source = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const element = document.createElement("script");
  element.textContent = await new Response(source).text();
  document.head.append(element);
}

/** Draws all figures in the colors of the moment. */
async function draw() {
  const template = themeOfPage();
  const config = { responsive: true, displayModeBar: false };
  for (const section of sections) {
    const plot = section.querySelector(".plot");
    const json = section.querySelector("script").textContent;
    const { data, layout: { width, height, ...layout } } = JSON.parse(json);
    if (width === undefined) {
      plot.style.height = `${height}px`;
    } else {
      plot.style.maxWidth = `${width}px`;
      plot.style.aspectRatio = `${width} / ${height}`;
    }
    await Plotly.react(plot, data, { ...layout, template }, config);
  }
}

/** The page's font and colors as a Plotly template. */
function themeOfPage() {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink");
  const paper = style.getPropertyValue("--paper");
  const rule = style.getPropertyValue("--rule");
  const font = { family: style.fontFamily, size: 13, color: ink };
  const axis = { gridcolor: rule, linecolor: rule };
  return {
    layout: {
      font,
      paper_bgcolor: paper,
      plot_bgcolor: paper,
      hoverlabel: { bgcolor: paper, bordercolor: rule, font },
      xaxis: axis,
      yaxis: axis,
    },
  };
}
