/* Selection and levers in the address: read when an address is opened, written 250 ms after the last change and not
   through the router, so that nothing loops. */
(function () {
  "use strict";
  const PARTS = ["category", "family", "channel", "horizon", "measure"];
  const sop = window.dash_clientside = window.dash_clientside || {};
  let timer = 0;

  function selectionOf(search) {
    const query = new URLSearchParams(search || ""), found = {};
    for (const part of PARTS) {
      const value = query.get(part);
      if (value !== null) found[part] = part === "horizon" ? Number(value) : value;
    }
    return Object.keys(found).length ? found : null;
  }

  function write(selection, levers) {
    const query = new URLSearchParams(window.location.search);
    for (const part of PARTS) {
      const value = (selection || {})[part];
      if (value === undefined || value === null || value === "") query.delete(part); else query.set(part, value);
    }
    if (levers && Object.keys(levers).length) query.set("levers", JSON.stringify(levers)); else query.delete("levers");
    const text = query.toString(), address = window.location.pathname + (text ? "?" + text : "") + window.location.hash;
    if (address !== window.location.pathname + window.location.search + window.location.hash) {
      window.history.replaceState(window.history.state, "", address);
    }
  }

  sop.sopAddress = {
    /* The one writer of the selection store: the address or the controls. */
    select() {
      const context = window.dash_clientside.callback_context, none = window.dash_clientside.no_update;
      const triggers = context.triggered.map(t => t.prop_id);
      const before = context.states["selection-store.data"] || {};
      let after;
      if (triggers.includes("url.search")) {
        after = selectionOf(context.inputs["url.search"]) || before;
      } else {
        after = Object.assign({}, before);
        for (const part of PARTS) {
          const value = context.inputs["filter-" + part + ".value"];
          if (value === undefined || value === null) continue;
          if (value === "*" || (part === "horizon" && Number(value) === 12) || (part === "measure" && value === "money")) {
            delete after[part];
          } else after[part] = part === "horizon" ? Number(value) : value;
        }
      }
      const sorted = o => JSON.stringify(Object.keys(o).sort().map(k => [k, o[k]]));
      // A page that was just put in waits for this answer; one control that changes nothing redraws nothing.
      return triggers.length === 1 && triggers[0].startsWith("filter-") && sorted(after) === sorted(before) ? none : after;
    },
    /* Mirror both stores; also after a page change, so that the address of every page carries them. */
    mirror(selection, levers) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        write(selection, levers);
        const heading = document.querySelector("#page h1");
        if (heading) document.title = heading.textContent + " · S&OP";
      }, 250);
      return window.dash_clientside.no_update;
    },
  };
})();
