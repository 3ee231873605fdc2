// Draws Plotly over the static charts of a page. Where Plotly is missing or fails, the static
// chart simply stays. It stays in the page in any case: it carries the words that a screen
// reader says, and it is what prints.
//
// Plotly's own style rules stand in css/charts.css: the page's policy forbids the style
// element that Plotly would write, and it writes none beside a link with the id
// "plotly.js-style-global" and the class "no-inline-styles" (not documented; a browser test
// watches it).

const CONFIG = { displayModeBar: false, responsive: true, showTips: false };

function downloadButton(figure, live) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary chart-download";
  button.textContent = "Download this chart as PNG";
  button.addEventListener("click", () => {
    window.Plotly.downloadImage(live, {
      format: "png",
      filename: figure.id,
      width: live.clientWidth,
      height: live.clientHeight,
      scale: 2,
    });
  });
  return button;
}

async function draw(figure) {
  const source = document.getElementById(figure.dataset.chart);
  if (!window.Plotly || !source) {
    return;
  }
  const live = document.createElement("div");
  live.className = "chart-live";
  // Everything in it is said by the static chart and by the table; nothing in it takes focus.
  live.setAttribute("aria-hidden", "true");
  try {
    const { data, layout } = JSON.parse(source.textContent);
    figure.append(live);
    await window.Plotly.newPlot(live, data, layout, CONFIG);
    figure.classList.add("chart--live");
    // The first drawing was made beside the static chart; this one has the room it leaves.
    window.Plotly.Plots.resize(live);
    figure.append(downloadButton(figure, live));
  } catch {
    live.remove();
    figure.classList.remove("chart--live");
  }
}

for (const figure of document.querySelectorAll("[data-chart]")) {
  draw(figure);
}
