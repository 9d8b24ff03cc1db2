/* The clock of the meeting: started and stopped by hand, kept for this browser tab, it marks the item that is due. */
(function () {
  "use strict";
  const KEPT = "sop-meeting-start";

  function startedAt() { return Number(sessionStorage.getItem(KEPT)) || 0; }

  function clockText(seconds) {
    const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
    return hours + ":" + String(minutes).padStart(2, "0");
  }

  function mark(item, minutes, running) {
    const start = Number(item.dataset.start), end = start + Number(item.dataset.minutes);
    const state = !running || minutes < start ? "" : minutes < end ? "true" : "past";
    if (item.dataset.now !== state) item.dataset.now = state;
  }

  function show() {
    const clock = document.getElementById("decisions-clock");
    const button = document.getElementById("decisions-clock-start");
    if (!clock || !button) return;
    const started = startedAt(), seconds = started ? (Date.now() - started) / 1000 : 0;
    const items = document.querySelectorAll(".sop-agenda li");
    const last = items[items.length - 1];
    const booked = last ? Number(last.dataset.start) + Number(last.dataset.minutes) : 0;
    const text = clockText(seconds), label = started ? "Stop" : "Start";
    if (clock.textContent !== text) clock.textContent = text;
    if (button.textContent !== label) button.textContent = label;
    clock.dataset.over = String(Boolean(booked) && seconds > booked * 60);
    items.forEach(item => mark(item, seconds / 60, Boolean(started)));
  }

  document.addEventListener("click", event => {
    const button = event.target.closest && event.target.closest("#decisions-clock-start");
    if (!button) return;
    if (startedAt()) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, String(Date.now()));
    show();
  });
  setInterval(show, 1000);
})();
