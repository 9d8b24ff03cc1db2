/* Light or dark, and presenting: kept in this browser, set on <html> before the first paint. Figures follow the style
   sheet, so nothing is drawn again. */
(function () {
  "use strict";
  const root = document.documentElement;
  const kept = name => { try { return window.localStorage.getItem(name); } catch (error) { return null; } };
  const keep = (name, value) => { try { window.localStorage.setItem(name, value); } catch (error) { /* private mode */ } };
  const prefersDark = () => window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;

  function setTheme(theme) {
    root.setAttribute("data-bs-theme", theme);
    root.setAttribute("data-ag-theme-mode", theme);
    const button = document.getElementById("theme-switch");
    if (button) button.setAttribute("aria-pressed", String(theme === "dark"));
    window.dispatchEvent(new CustomEvent("sop-theme", {detail: theme}));
  }

  function setPresenting(on) {
    root.toggleAttribute("data-present", on);
    const button = document.getElementById("present-switch");
    if (button) button.setAttribute("aria-pressed", String(on));
    window.setTimeout(() => {
      window.dispatchEvent(new Event("resize"));
      window.dispatchEvent(new Event("sop-present"));
    }, 60);
  }

  const presenting = () => root.hasAttribute("data-present");
  setTheme(kept("sop-theme") || (prefersDark() ? "dark" : "light"));
  setPresenting(new URLSearchParams(window.location.search).get("present") === "1");

  document.addEventListener("click", event => {
    if (event.target.closest("#theme-switch")) {
      const theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
      keep("sop-theme", theme);
      setTheme(theme);
    }
    if (event.target.closest("#present-switch")) setPresenting(!presenting());
  });
  document.addEventListener("keydown", event => {
    const typing = event.target.closest("input, textarea, select, [contenteditable=true], .ag-root");
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && event.key === "p") setPresenting(!presenting());
    if (event.key === "Escape" && presenting() && !document.querySelector(".sop-enlarged")) setPresenting(false);
  });
})();
