/* Cells that are more than text. */
var dagcomponentfuncs = window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};

dagcomponentfuncs.SopStatus = function (props) {
  const marks = {"on plan": "▲", watch: "◆", act: "▼"};
  if (!props.value) return "–";
  const slug = String(props.value).replaceAll(" ", "-");
  return React.createElement(
    "span", {className: "sop-status", "data-status": slug},
    (marks[props.value] ? marks[props.value] + " " : "") + props.value);
};
