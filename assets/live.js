/* The live answer while a slider is dragged: one request in flight, the newest position wins, the last one is always
   shown. A lost answer frees the gate after three seconds. Painting happens once per frame, in one pass. */
window.live = (function () {
  "use strict";
  const LOST_AFTER_MS = 3000;
  const stats = {asked: 0, sent: 0, answered: 0, painted: 0, sendToPaintMs: [], lastPainted: null};
  let onItsWay = null, next = null, answer = null, frame = 0, epoch = 0, watch = 0;

  function plot(id) {
    const holder = document.getElementById(id);
    return holder && (holder.classList.contains("js-plotly-plot") ? holder : holder.querySelector(".js-plotly-plot"));
  }

  function fire() {
    if (!next) return;
    clearTimeout(watch);
    const waited = onItsWay && performance.now() - onItsWay.sent;
    if (onItsWay && waited < LOST_AFTER_MS) {
      // Nobody may move again: look once more when the answer must be called lost.
      watch = setTimeout(fire, LOST_AFTER_MS - waited + 10);
      return;
    }
    stats.sent += 1;
    const question = {sent: performance.now(), epoch: epoch, number: stats.sent}, position = next;
    onItsWay = question;
    next = null;
    fetch("/live-answer", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(position)})
      .then(given => given.ok ? given.json() : {}, () => ({}))
      .then(given => show(question, given));
  }

  function show(question, given) {
    stats.answered += 1;
    if (question !== onItsWay) return;                             // called lost: a newer one is on its way
    onItsWay = null;
    setTimeout(fire, 0);
    answer = Object.assign(given, question);
    if (!frame) frame = requestAnimationFrame(paint);
  }

  function same(a, b) { return Array.isArray(a) && a[0] === b[0] && a[1] === b[1]; }

  function paintChart(id, moved) {
    const g = plot(id);
    if (!g || !g.offsetParent || !g.data || g.data.length < moved.y.length) return;   // the first traces may move alone
    const ends = {};
    if (moved.range && !same(g.layout.yaxis && g.layout.yaxis.range, moved.range)) ends["yaxis.range"] = moved.range;
    if (moved.range2 && !same(g.layout.yaxis2 && g.layout.yaxis2.range, moved.range2)) ends["yaxis2.range"] = moved.range2;
    const still = g.data.some(t => t.type && t.type !== "scatter" && t.type !== "bar");
    if (still || Object.keys(ends).length) {
      window.Plotly.update(g, {y: moved.y}, ends, moved.y.map((_, place) => place));
      return;
    }
    window.Plotly.animate(
      g,
      {data: moved.y.map(y => ({y})), traces: moved.y.map((_, place) => place)},
      {transition: {duration: 0}, frame: {duration: 0, redraw: false}, mode: "immediate"});
  }

  function paintHeat(id, moved) {
    const table = document.getElementById(id);
    if (!table || !table.offsetParent || !table.tBodies.length) return;
    const rows = table.tBodies[0].rows;
    for (let r = 0; r < Math.min(rows.length, moved.text.length); r += 1) {
      const cells = rows[r].cells;                              // the first cell is the name of the row
      for (let c = 0; c < Math.min(cells.length - 1, moved.text[r].length); c += 1) {
        const cell = cells[c + 1];
        if (cell.textContent !== moved.text[r][c]) cell.textContent = moved.text[r][c];
        if (cell.dataset.band !== moved.band[r][c]) cell.dataset.band = moved.band[r][c];
      }
    }
  }

  function each(part, paint) {
    for (const id in part || {}) {
      const element = document.getElementById(id);
      if (element) paint(element, part[id]);
    }
  }

  function paint() {
    frame = 0;
    const shown = answer;
    answer = null;
    if (!shown || shown.epoch !== epoch) return;
    each(shown.text, (e, text) => { if (e.textContent !== text) e.textContent = text; });
    each(shown.state, (e, state) => { e.dataset.status = state; });
    each(shown.width, (e, width) => { e.style.width = width + "%"; });
    for (const id in shown.heat || {}) paintHeat(id, shown.heat[id]);
    for (const id in shown.charts || {}) paintChart(id, shown.charts[id]);
    stats.painted += 1;
    stats.sendToPaintMs.push(performance.now() - shown.sent);
    stats.lastPainted = shown.number;
  }

  return {
    stats: stats,
    /* Ask for a position: {path, levers, selection}. */
    ask(position) { stats.asked += 1; next = position; setTimeout(fire, 0); },
    /* Forget what is asked and on its way: the levers were set by other means than dragging. */
    forget() { epoch += 1; next = null; answer = null; },
    reset() {
      Object.assign(stats, {asked: 0, sent: 0, answered: 0, painted: 0, sendToPaintMs: [], lastPainted: null});
    },
  };
})();
