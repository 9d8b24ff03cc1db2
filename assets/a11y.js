/* Names for what Dash draws without one: sliders and their number boxes, drop-downs, places to drop files. */
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
  /* Dash takes the keyboard through an input hidden from screen readers; here the button itself is reached. */
  function reachDropdowns() {
    document.querySelectorAll(".dash-dropdown-focus-target[tabindex='0']").forEach(target => {
      target.tabIndex = -1;
      const button = target.parentElement && target.parentElement.querySelector("button.dash-dropdown");
      if (button) button.tabIndex = 0;
    });
  }
  function nameDropdowns() {
    document.querySelectorAll(".sop-choices").forEach(choice => {
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
  /* The list of an open drop-down. */
  function nameLists() {
    document.querySelectorAll(".dash-dropdown-content[role=dialog], .dash-dropdown-content [role=listbox]").forEach(list => {
      if (!list.hasAttribute("aria-label")) list.setAttribute("aria-label", "Choices");
    });
  }
  /* What takes files is named by the words of its field. */
  function nameUploads() {
    document.querySelectorAll("input[type=file]:not([aria-label])").forEach(input => {
      const words = input.parentElement.textContent.trim();
      if (words) input.setAttribute("aria-label", words);
    });
  }
  let waiting = 0;
  function soon() {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; nameSliders(); nameDropdowns(); reachDropdowns(); nameLists(); nameUploads(); });
  }
  new MutationObserver(soon).observe(document.documentElement, {childList: true, subtree: true});
})();

/* A number typed beside a slider counts when Enter is pressed, as when the box is left. */
document.addEventListener("keydown", event => {
  if (event.key === "Enter" && event.target.matches && event.target.matches(".dash-range-slider-input")) event.target.blur();
});
