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

  /* `prop` is "drag_value" while dragging and "value" on release. Levers at plan value are left out. */
  function fromBoard(given, prop) {
    const plan = given["lever-plan.data"], rest = given["lever-rest.data"] || {};
    if (!plan) return null;
    const levers = {};
    const at = name => {
      const position = given["lever-" + name + "." + prop];
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
        levers = fromBoard(given, "value");
      }
      const kept = given["levers-store.data"] || {};
      if (levers === null) levers = kept;
      lastAsked = text(levers);
      // One control that changes nothing redraws nothing. A page that was just put in waits for this answer: it must get
      // one, else Dash drops its callbacks.
      return triggers.length === 1 && triggers[0].startsWith("lever-") && text(levers) === text(kept) ? none : levers;
    },
    /* While dragging: ask for the position unless it is the one on screen. */
    drag() {
      const given = inputsByName();
      const levers = fromBoard(given, "drag_value");
      if (levers !== null && text(levers) !== (lastAsked === null ? text(given["levers-store.data"]) : lastAsked)) {
        lastAsked = text(levers);
        window.live.ask({path: given["url.pathname"], levers: levers, selection: given["selection-store.data"]});
      }
      return window.dash_clientside.no_update;
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
    answer(given) { return window.live.show(given); },
    toggle(clicks, isOpen) { return clicks ? !isOpen : window.dash_clientside.no_update; },
    opened(clicks) { return clicks ? true : window.dash_clientside.no_update; },
  };
})();
