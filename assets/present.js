/* Charts do not grow with the root size: while presenting their type is set larger, also after they are drawn again. */
(function () {
  "use strict";
  const SIZES = {usual: 12, presenting: 17};
  const presenting = () => document.documentElement.hasAttribute("data-present");

  function fit(chart) {
    const size = presenting() ? SIZES.presenting : SIZES.usual;
    const layout = chart._fullLayout;
    if (!window.Plotly || !layout || !layout.xaxis || layout.xaxis.tickfont.size === size) return;
    const sizes = {"font.size": size, "legend.font.size": size};
    for (const axis of ["xaxis", "yaxis", "yaxis2"]) {
      if (!layout[axis]) continue;
      sizes[axis + ".tickfont.size"] = size;
      sizes[axis + ".title.font.size"] = size;
    }
    window.Plotly.relayout(chart, sizes);
  }

  function watch(chart) {
    if (!chart.on || chart.dataset.fitted) return;
    chart.dataset.fitted = "yes";
    chart.on("plotly_afterplot", () => fit(chart));
    fit(chart);
  }

  const all = () => document.querySelectorAll(".js-plotly-plot");
  let waiting = 0;
  const soon = () => {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; if (presenting()) all().forEach(watch); });
  };
  new MutationObserver(soon).observe(document.documentElement, {childList: true, subtree: true});
  window.addEventListener("sop-present", () => all().forEach(chart => { watch(chart); fit(chart); }));
})();
