/* Names for what Dash draws without one: sliders and their number boxes, drop-downs, and the active menu entry. */
(function () {
  "use strict";
  function nameSliders() {
    document.querySelectorAll("label[id^='lbl-lever-'], [id^='lbl-'][data-names]").forEach(label => {
      const holder = document.getElementById(label.id.slice(4));
      if (!holder) return;
      const scope = holder.closest(".sop-lever") || holder;
      scope.querySelectorAll("[role=slider], input[type=number], .dash-range-slider-input").forEach(control => {
        if (control.getAttribute("aria-labelledby") !== label.id) control.setAttribute("aria-labelledby", label.id);
      });
    });
  }
  function nameDropdowns() {
    document.querySelectorAll(".sop-choice").forEach(choice => {
      const button = choice.matches("button") ? choice : choice.querySelector("button");
      if (!button || button.hasAttribute("data-named")) return;
      const label = document.getElementById("lbl-" + choice.id) || document.getElementById("lbl-" + button.id);
      if (!label) return;
      const value = button.querySelector("[id$='-value'], .dash-dropdown-value");
      if (value && !value.id) value.id = "shown-" + (choice.id || button.id);
      button.setAttribute("aria-labelledby", label.id + (value ? " " + value.id : ""));
      button.setAttribute("data-named", "");
    });
  }
  let waiting = 0;
  function soon() {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; nameSliders(); nameDropdowns(); });
  }
  new MutationObserver(soon).observe(document.documentElement, {childList: true, subtree: true});
})();
