/* Positions of the lever board -> the levers object of the contracts, and the stores that follow. */
(function () {
  "use strict";
  const sop = window.dash_clientside = window.dash_clientside || {};
  const EVERYTHING = "*";
  let lastAsked = null;

  const ratio = percent => Math.round(percent * 1e4) / 1e6;
  const close = (a, b) => Math.abs(a - b) < 1e-9;

  function inputsByName() {
    const given = {};
    const context = window.dash_clientside.callback_context;
    for (const source of [context.inputs, context.states]) {
      for (const key in source || {}) given[key] = source[key];
    }
    return given;
  }

  function change(given, name, position) {
    const made = {ratio: ratio(position)};
    const scope = given["lever-" + name + "-scope.value"] || "";
    if (scope.startsWith("category:")) made.category = scope.slice(9);
    if (scope.startsWith("family:")) made.family = scope.slice(7);
    const channel = given["lever-" + name + "-channel.value"], month = given["lever-" + name + "-from.value"];
    if (channel && channel !== EVERYTHING) made.channel = channel;
    if (month && month !== EVERYTHING) made.from_month = month;
    return made;
  }

  /* Levers at plan value are left out. `positions` gives where a slider stands: released, or under the hand. */
  function fromBoard(given, positions) {
    const plan = given["lever-plan.data"], rest = given["lever-rest.data"] || {};
    if (!plan) return null;
    const levers = {};
    const at = name => {
      const position = positions(name);
      return typeof position === "number" && !close(position, plan[name]) ? position : null;
    };
    for (const name of ["demand", "price"]) {
      const position = at(name);
      const list = (position === null ? [] : [change(given, name, position)]).concat(rest[name] || []);
      if (list.length) levers[name] = list;
    }
    if (at("overtime") !== null) levers.overtime_max_ratio = ratio(at("overtime"));
    if (at("outsource") !== null) levers.outsource_max_ratio = ratio(at("outsource"));
    if (at("cover") !== null) levers.cover_days = at("cover");
    const resources = given["lever-hours-resources.value"] || [], month = given["lever-hours-from.value"];
    const extra = at("hours") === null || !resources.length ? []
      : [Object.assign({resources: resources, hours_per_month: at("hours")}, month && month !== EVERYTHING ? {from_month: month} : {})];
    if (extra.length || (rest.extra_hours || []).length) levers.extra_hours = extra.concat(rest.extra_hours || []);
    if (at("lead-time") !== null) levers.lead_time_extra_months = at("lead-time");
    if ("build_ahead" in rest) levers.build_ahead = rest.build_ahead;
    return levers;
  }

  function fromAddress(search) {
    const text = new URLSearchParams(search || "").get("levers");
    if (text === null) return null;
    try { return JSON.parse(text); } catch (error) { return null; }
  }

  const text = levers => JSON.stringify(levers || {});

  sop.sopLevers = {
    /* The one writer of the levers store: the address, a button that opens levers, or the board after a release. */
    settle() {
      const given = inputsByName();
      const triggers = window.dash_clientside.callback_context.triggered.map(t => t.prop_id);
      const none = window.dash_clientside.no_update;
      let levers = null;
      if (triggers.includes("open-levers.data") && given["open-levers.data"]) {
        window.live.forget();
        levers = given["open-levers.data"].levers;
      } else if (triggers.includes("url.search")) {
        levers = fromAddress(given["url.search"]);
      } else if (triggers.some(t => t.startsWith("lever-"))) {
        levers = fromBoard(given, name => given["lever-" + name + ".value"]);
      }
      const kept = given["levers-store.data"] || {};
      if (levers === null) levers = kept;
      lastAsked = text(levers);
      // One control that changes nothing redraws nothing. A page that was just put in waits for this answer: it must get
      // one, else Dash drops its callbacks.
      return triggers.length === 1 && triggers[0].startsWith("lever-") && text(levers) === text(kept) ? none : levers;
    },
    /* Back to plan: one lever, its scope, or all of them with what the board has no place for. */
    reset(one, all, plan) {
      if (!one && !all) return window.dash_clientside.no_update;
      window.live.forget();
      const name = window.dash_clientside.callback_context.outputs_list.id.replace("lever-", "");
      return plan[name];
    },
    clearRest(all) { return all ? {} : window.dash_clientside.no_update; },
    clearWords(all) { return all ? "" : window.dash_clientside.no_update; },
    open(clicks, values) {
      const none = window.dash_clientside.no_update;
      const triggered = window.dash_clientside.callback_context.triggered;
      if (!triggered.length || !triggered[0].value) return none;
      const places = window.dash_clientside.callback_context.inputs_list[0];
      const place = places.findIndex(p => clicks[places.indexOf(p)] && triggered[0].prop_id.startsWith(
        JSON.stringify(p.id, Object.keys(p.id).sort())));
      return place < 0 ? none : {levers: JSON.parse(values[place]), mark: Date.now()};
    },
    toggle(clicks, isOpen) { return clicks ? !isOpen : window.dash_clientside.no_update; },
    opened(clicks) { return clicks ? true : window.dash_clientside.no_update; },
  };

  /* A slider under the hand: where its thumb stands is read from the page, and asked for past Dash, whose callbacks make
     the browser look at every component at every move. */
  const SCOPES = ["demand-scope", "demand-channel", "demand-from", "hours-resources", "hours-from", "price-channel", "price-from"];

  function property(id, name) {
    const found = window.dash_component_api.getLayout(id);
    return found && found.props ? found.props[name] : undefined;
  }

  function underHand() {
    const given = {"lever-plan.data": property("lever-plan", "data"), "lever-rest.data": property("lever-rest", "data")};
    for (const name of SCOPES) given["lever-" + name + ".value"] = property("lever-" + name, "value");
    return fromBoard(given, name => {
      const thumb = document.querySelector("#lever-" + name + " [role=slider]");
      if (!thumb) return undefined;
      // A number being typed passes through the thumb before the slider sets it to its end.
      const [least, most, now] = ["min", "max", "now"].map(end => Number(thumb.getAttribute("aria-value" + end)));
      return Math.min(most, Math.max(least, now));
    });
  }

  function follow() {
    const levers = underHand();
    if (levers === null || text(levers) === (lastAsked === null ? text(property("levers-store", "data")) : lastAsked)) return;
    lastAsked = text(levers);
    window.live.ask({path: window.location.pathname, levers: levers, selection: property("selection-store", "data")});
  }

  /* A number typed beyond what a slider offers is set to its end by the slider: the board says so beside the box. */
  function told(lever, sentence) {
    const place = lever && lever.querySelector(".sop-lever-limit");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }

  document.addEventListener("input", event => {
    const box = event.target, lever = box.closest && box.closest(".sop-lever");
    if (!lever || box.type !== "number") return;
    const typed = Number(box.value), written = value => String(value).replace("-", "\u2212");
    const side = box.value === "" ? "" : typed > Number(box.max) ? "max" : typed < Number(box.min) ? "min" : "";
    told(lever, side && `${written(typed)} is beyond the limit: ${written(box[side])} at ${side === "max" ? "most" : "least"}`);
  }, true);
  document.addEventListener("click", event => {
    const all = event.target.closest("#lever-reset-all"), one = event.target.closest(".sop-lever .sop-icon-button");
    for (const lever of all ? document.querySelectorAll(".sop-lever") : one ? [one.closest(".sop-lever")] : []) told(lever, "");
  });

  new MutationObserver(changes => {
    const board = document.activeElement && document.activeElement.closest(".dash-slider-container");
    if (board && document.activeElement.getAttribute("role") === "slider") told(board.closest(".sop-lever"), "");
    if (board && changes.some(change => board.contains(change.target))) follow();
  }).observe(document.documentElement, {subtree: true, attributes: true, attributeFilter: ["aria-valuenow"]});
})();
