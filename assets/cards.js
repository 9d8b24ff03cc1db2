/* Cards that fill the window, tables that are copied and downloaded, the account behind "Why?". */
(function () {
  "use strict";
  const sop = window.dash_clientside = window.dash_clientside || {};

  function enlarge(card, on) {
    card.classList.toggle("sop-enlarged", on);
    const button = card.querySelector(".sop-enlarge");
    if (button) button.setAttribute("aria-expanded", String(on));
    window.dispatchEvent(new Event("resize"));
  }

  /* A text cell that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers. */
  function plainText(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return value;
    const text = String(value);
    return /^[=+\-@\t\r＝＋－＠]/.test(text) ? "'" + text : text;
  }

  function tableAction(button) {
    const api = window.dash_ag_grid && window.dash_ag_grid.getApi(button.dataset.grid);
    if (!api) return;
    const params = {
      fileName: button.dataset.file + ".csv",
      processCellCallback: cell => plainText(cell.value),
    };
    if (button.dataset.gridAction === "csv") api.exportDataAsCsv(params);
    else navigator.clipboard.writeText(api.getDataAsCsv(Object.assign({columnSeparator: "\t", suppressQuotes: true}, params)));
  }

  document.addEventListener("click", event => {
    const grow = event.target.closest(".sop-enlarge");
    if (grow) enlarge(grow.closest(".sop-card"), !grow.closest(".sop-card").classList.contains("sop-enlarged"));
    const table = event.target.closest("[data-grid-action]");
    if (table) tableAction(table);
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".sop-enlarged").forEach(card => enlarge(card, false));
  });

  sop.sopWhy = {
    show(clicks, accounts) {
      const none = window.dash_clientside.no_update, context = window.dash_clientside.callback_context;
      const hit = context.triggered.find(t => t.value);
      if (!hit) return [none, none];
      const index = JSON.parse(hit.prop_id.slice(0, hit.prop_id.lastIndexOf("."))).index;
      const place = context.states_list[0].findIndex(s => s.id.index === index);
      return place < 0 ? [none, none] : [accounts[place], true];
    },
  };
})();
