/* The demand table as a sheet: a range of cells, blocks from and to the clipboard, fill, undo. What is written waits
   in one store until the server keeps it; the server alone reads and judges it. */
(function () {
  "use strict";
  const GRID = "demand-table", PENDING = "demand-pending", ASK = "demand-history-ask", MONTH = /^\d{4}-\d\d$/;
  const sop = window.dash_clientside = window.dash_clientside || {};
  const functions = window.dashAgGridFunctions = window.dashAgGridFunctions || {};
  let cells = [], past = [], future = [], range = null, dragging = false;
  /* The cell that is being written and the version its writer saw: a colleague's may come in meanwhile. */
  let begun = null;

  const root = () => document.getElementById(GRID);
  const api = () => window.dash_ag_grid && root() && window.dash_ag_grid.getApi(GRID);
  const inGrid = node => Boolean(node && node.closest && node.closest("#" + GRID));
  /* New figures redraw the table and the cell that had the focus loses it: until something else is pressed, the keys and
     the clipboard still mean the table. */
  let pressedInGrid = false;
  const meant = node => inGrid(node) || (pressedInGrid && node === document.body && Boolean(document.getElementById(GRID)));
  const typing = node => Boolean(node && node.matches && node.matches("input, textarea"));
  const months = () => api().getAllDisplayedColumns().map(c => c.getColId()).filter(id => MONTH.test(id));

  functions.sopSheet = function (value, decimals) {
    return typeof value === "string" ? value : functions.sopNumber(value, decimals, false, "", "plain");
  };
  functions.sopSheetTip = function (data, month) {
    return (data.refused || {})[month] || (data.written || {})[month] || (data.notes || {})[month] || "";
  };

  /* ---- what is written and not kept ---- */
  function send(next, open) {
    past.push(cells);
    future = [];
    tell(next, open);
  }
  function tell(next, open) {
    cells = next;
    window.dash_clientside.set_props(PENDING, {data: {cells: next, open: Boolean(open), mark: Date.now()}});
  }
  function cellAt(row, column, text, looked) {
    const node = api().getDisplayedRowAtIndex(row), month = months()[column];
    if (!node || !month || !node.data.cell) {
      return {name: "row " + (row + 1), month: month || "beyond the last month", text: text, outside: true,
              key: "outside " + row + " " + column};
    }
    const key = node.data.row + "|" + month, before = cells.find(c => c.key === key);
    const seen = before ? before.seen : looked !== undefined ? looked : versionOf(node, month);
    return Object.assign({}, node.data.cell, {month: month, text: text, seen: seen, key: key});
  }
  function versionOf(node, month) { return (node.data.versions || {})[month] || 0; }
  function write(list, open) {
    const made = list.map(place => cellAt(...place));
    if (!made.length) return;
    const keys = new Set(made.map(c => c.key));
    send(cells.filter(c => !keys.has(c.key)).concat(made), open);
  }
  function forget(list) {
    const keys = new Set(list.map(([row, column]) => cellAt(row, column, "").key));
    if (cells.some(c => keys.has(c.key))) send(cells.filter(c => !keys.has(c.key)), false);
  }
  function shown(row, column) {
    const node = api().getDisplayedRowAtIndex(row), value = node && node.data[months()[column]];
    const key = node && node.data.row + "|" + months()[column], mine = cells.find(c => c.key === key);
    if (mine) return mine.text;
    if (value === null || value === undefined) return "";
    return typeof value === "string" ? value : String(Number(value.toFixed(node.data.decimals || 0)));
  }

  /* ---- the range ---- */
  function square() {
    if (!range) return null;
    return {top: Math.min(range.row, range.toRow), bottom: Math.max(range.row, range.toRow),
            left: Math.min(range.column, range.toColumn), right: Math.max(range.column, range.toColumn)};
  }
  function* inside(box) {
    for (let row = box.top; row <= box.bottom; row++) {
      for (let column = box.left; column <= box.right; column++) yield [row, column];
    }
  }
  function paint() {
    const grid = root(), box = square();
    if (!grid) return;
    grid.querySelectorAll(".sop-cell-range").forEach(cell => cell.classList.remove("sop-cell-range"));
    if (!box || (box.top === box.bottom && box.left === box.right)) return;
    const names = months();
    for (const [row, column] of inside(box)) {
      const cell = grid.querySelector('.ag-row[row-index="' + row + '"] [col-id="' + names[column] + '"]');
      if (cell) cell.classList.add("sop-cell-range");
    }
  }
  function placeOf(node) {
    const cell = inGrid(node) && node.closest(".ag-cell"), line = cell && cell.closest(".ag-row");
    const column = line ? months().indexOf(cell.getAttribute("col-id")) : -1;
    return column < 0 ? null : {row: Number(line.getAttribute("row-index")), column: column};
  }
  function focused() {
    const cell = api() && api().getFocusedCell(), column = cell ? months().indexOf(cell.column.getColId()) : -1;
    return column < 0 ? null : {row: cell.rowIndex, column: column};
  }
  function begin(place) {
    range = place && {row: place.row, column: place.column, toRow: place.row, toColumn: place.column};
    paint();
  }
  function extend(place) {
    if (!range || !place) return;
    range.toRow = Math.max(0, Math.min(place.row, api().getDisplayedRowCount() - 1));
    range.toColumn = Math.max(0, Math.min(place.column, months().length - 1));
    paint();
  }
  function chosen() {
    const at = focused();
    if (!range && at) begin(at);
    return square();
  }

  /* ---- fill, copy, paste, undo ---- */
  function fill(down) {
    const box = chosen();
    if (!box) return;
    const alone = down ? box.top === box.bottom : box.left === box.right;
    const from = down ? (alone ? box.top - 1 : box.top) : (alone ? box.left - 1 : box.left);
    if (from < 0) return;
    const list = [];
    for (const [row, column] of inside(box)) {
      if ((down ? row : column) === from) continue;
      const text = down ? shown(from, column) : shown(row, from);
      if (text !== "") list.push([row, column, text]);
    }
    write(list, list.length > 1);
  }
  function copied() {
    const box = chosen(), lines = [];
    if (!box) return "";
    for (let row = box.top; row <= box.bottom; row++) {
      const line = [];
      for (let column = box.left; column <= box.right; column++) line.push(shown(row, column));
      lines.push(line.join("\t"));
    }
    return lines.join("\n");
  }
  function paste(text) {
    const box = chosen();
    if (!box) return;
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map(line => line.split("\t"));
    const one = lines.length === 1 && lines[0].length === 1, list = [];
    if (one) for (const [row, column] of inside(box)) list.push([row, column, lines[0][0].trim()]);
    else {
      lines.forEach((line, down) => line.forEach((part, right) => {
        if (part.trim() !== "") list.push([box.top + down, box.left + right, part.trim()]);
      }));
      begin({row: box.top, column: box.left});
      extend({row: box.top + lines.length - 1, column: box.left + Math.max(...lines.map(line => line.length)) - 1});
    }
    write(list, list.length > 1);
  }
  function step(back) {
    const from = back ? past : future, to = back ? future : past;
    if (!from.length) {
      if (!cells.length) window.dash_clientside.set_props(ASK, {data: {move: back ? "undo" : "redo", mark: Date.now()}});
      return;
    }
    to.push(cells);
    tell(from.pop(), false);
  }

  const ARROWS = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};
  function onKey(event) {
    if (!meant(event.target)) return;
    const command = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
    let done = true;
    if (typing(event.target)) {
      if (!(command && key === "enter")) return;
      const text = event.target.value, box = square();
      api().stopEditing(true);
      if (box) write([...inside(box)].map(([row, column]) => [row, column, text]), true);
    } else if (event.shiftKey && ARROWS[event.key]) {
      if (!range) begin(focused());
      if (range) extend({row: range.toRow + ARROWS[event.key][0], column: range.toColumn + ARROWS[event.key][1]});
    } else if (command && key === "r") fill(false);
    else if (command && key === "d") fill(true);
    else if (command && key === "z") step(!event.shiftKey);
    else if (command && key === "y") step(false);
    else if (command && key === "s") { if (cells.length) document.getElementById("demand-review-open").click(); }
    else if (key === "delete" || key === "backspace") { const box = chosen(); if (box) forget([...inside(box)]); }
    else done = false;
    if (done) { event.preventDefault(); event.stopPropagation(); }
    else if (ARROWS[event.key] || key === "tab" || key === "enter") setTimeout(() => begin(focused()), 0);
  }
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("mousedown", event => {
    pressedInGrid = inGrid(event.target);
    const place = placeOf(event.target);
    if (!place || typing(event.target) || event.button !== 0) return;
    dragging = true;
    if (event.shiftKey && range) { extend(place); event.preventDefault(); } else begin(place);
  }, true);
  document.addEventListener("focusin", event => {
    const place = typing(event.target) && placeOf(event.target);
    if (!place) return;
    const node = api().getDisplayedRowAtIndex(place.row), month = months()[place.column];
    begun = {key: node.data.row + "|" + month, seen: versionOf(node, month)};
  });
  document.addEventListener("mouseover", event => {
    if (dragging && event.buttons === 1) extend(placeOf(event.target)); else dragging = false;
  });
  document.addEventListener("copy", event => {
    if (!meant(document.activeElement) || typing(document.activeElement)) return;
    event.clipboardData.setData("text/plain", copied());
    event.preventDefault();
  });
  document.addEventListener("paste", event => {
    if (!meant(document.activeElement) || typing(document.activeElement)) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });
  document.addEventListener("click", event => {
    const button = event.target.closest && event.target.closest("[data-sheet]");
    if (!button || !api()) return;
    const acts = {undo: () => step(true), redo: () => step(false), right: () => fill(false), discard: () => send([], false)};
    acts[button.dataset.sheet]();
  });
  document.addEventListener("scroll", event => { if (inGrid(event.target)) requestAnimationFrame(paint); }, true);

  sop.sopSheet = {
    typed(changes) {
      const written = (changes || []).filter(c => MONTH.test(c.colId) && c.value !== c.oldValue);
      for (const change of written) {
        const decimals = change.data.decimals || 0, text = String(change.value === null ? "" : change.value).trim();
        const column = months().indexOf(change.colId), same = functions.sopSheet(change.oldValue, decimals);
        if (text === "") forget([[change.rowIndex, column]]);
        const looked = begun && begun.key === change.data.row + "|" + change.colId ? begun.seen : undefined;
        if (text === "" || text === same) tell(cells, false); else write([[change.rowIndex, column, text, looked]], false);
      }
    },
    /* The store may be emptied by the server; what is kept cannot be taken back here any more. */
    follow(data) {
      const now = (data && data.cells) || [];
      if (JSON.stringify(now) !== JSON.stringify(cells)) {
        if (!now.length) { past = []; future = []; } else past.push(cells);
        cells = now;
      }
    },
  };
})();
