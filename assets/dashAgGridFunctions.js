/* Written numbers in tables: the same digits as figures/formats.py. */
var dagfuncs = window.dashAgGridFunctions = window.dashAgGridFunctions || {};

dagfuncs.sopNumber = function (value, decimals, isRatio, symbol, kind) {
  if (value === null || value === undefined || value === "" || Number.isNaN(Number(value))) return "–";
  const shown = Number(value) * (isRatio ? 100 : 1);
  const digits = Math.abs(shown).toLocaleString("en-US", {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
  const zero = !/[1-9]/.test(digits);
  const text = (symbol ? symbol + "\u00a0" : "") + digits + (isRatio ? "\u00a0%" : "");
  if (shown < 0 && !zero) return kind === "bracketed" ? "(" + text + ")" : "−" + text;
  return kind === "signed" ? (zero ? "±" : "+") + text : text;
};

/* What has choices in this field of its row is picked from them, everything else is typed. */
dagfuncs.sopPickOrType = function (params, field) {
  const choices = params.data && params.data[field];
  if (!choices || !choices.length) return {component: "agTextCellEditor"};
  return {component: "agSelectCellEditor", params: {values: choices}};
};
