/* Tabs: a click or the arrow keys show one pane and hide the others. */
(function () {
  "use strict";
  function choose(tab) {
    const box = tab.closest(".sop-tab-box");
    tab.parentElement.querySelectorAll("[role=tab]").forEach(other => {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      const pane = document.getElementById(other.getAttribute("aria-controls"));
      if (pane && pane.parentElement === box) pane.hidden = !chosen;
    });
    window.dispatchEvent(new Event("resize"));
  }
  /* A lazy pane: see `mount_when_opened`. Opened again, it stands as it was left. */
  (window.dash_clientside = window.dash_clientside || {}).sopTabs = {
    mount(clicks, there, body) {
      return !clicks || there ? window.dash_clientside.no_update : body;
    },
  };
  document.addEventListener("click", event => {
    const tab = event.target.closest(".sop-tab");
    if (tab) choose(tab);
    const link = event.target.closest("a[href*='#tab=']");
    if (link && link.pathname === window.location.pathname) named(link.hash);
  });
  /* An address that ends with "#tab=Planning settings" opens that tab, here or on the page it leads to. */
  function named(hash) {
    const label = hash.startsWith("#tab=") ? decodeURIComponent(hash.slice(5)) : "";
    const tab = label && [...document.querySelectorAll(".sop-tab")].find(one => one.textContent === label);
    if (tab) tab.click();
    return Boolean(tab);
  }
  document.addEventListener("DOMContentLoaded", () => {
    let opened = "";
    new MutationObserver(() => {
      const {pathname, hash} = window.location;
      if (pathname + hash !== opened && (!hash.startsWith("#tab=") || named(hash))) opened = pathname + hash;
    }).observe(document.body, {childList: true, subtree: true});
  });
  document.addEventListener("keydown", event => {
    const tab = event.target.closest && event.target.closest(".sop-tab");
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!tab || !step) return;
    const all = [...tab.parentElement.querySelectorAll("[role=tab]")];
    const next = all[(all.indexOf(tab) + step + all.length) % all.length];
    next.focus();
    next.click();
  });
})();
