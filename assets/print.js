/* A button with data-print opens the browser's own print dialogue; paper is always light. */
(function () {
  "use strict";
  let theme = null;
  document.addEventListener("click", event => {
    if (event.target.closest("[data-print]")) window.print();
  });
  window.addEventListener("beforeprint", () => {
    theme = document.documentElement.getAttribute("data-bs-theme");
    document.documentElement.setAttribute("data-bs-theme", "light");
  });
  window.addEventListener("afterprint", () => {
    if (theme) document.documentElement.setAttribute("data-bs-theme", theme);
  });
})();
