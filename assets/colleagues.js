/* What colleagues save: a page with a part marked `data-follows` asks for the number of the newest write while it is in
   sight, and reads its figures again when that is not the number it shows. Nothing comes in while a cell is written. */
(function () {
  "use strict";
  const EVERY_MS = 3000, STORE = "revision-store";
  let shown = null, asking = false;

  const follows = () => document.visibilityState === "visible" && document.querySelector("[data-follows]");
  const writing = () => document.querySelector(".ag-cell-inline-editing");

  async function look() {
    if (asking || shown === null || !follows()) return;
    asking = true;
    try {
      const answer = await fetch("/revision", {cache: "no-store"});
      const newest = answer.ok ? (await answer.json()).revision : shown;
      if (newest !== shown && !writing()) window.dash_clientside.set_props(STORE, {data: newest});
    } catch (error) {
      /* The server is away: the next question may find it. */
    } finally {
      asking = false;
    }
  }

  (window.dash_clientside = window.dash_clientside || {}).sopColleagues = {
    shown(revision) { shown = revision; },
  };
  setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", look);
})();
