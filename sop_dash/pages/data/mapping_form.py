"""The form that shows how files of the company's own are read, and what a person answers or changes in it."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from sop_dash.core.data.mapping import MappedColumn, Question, SheetUse
from sop_dash.core.data.mapping.families import BEGINNING, BRANCH
from sop_dash.core.model.tables import TABLES
from sop_dash.figures.data_tables import MEANINGS, sheet_words
from sop_dash.pages.data.layout import ANSWERS, COLUMNS, CORRECTIONS, FAMILY_OWN, FAMILY_RULE, HOLDS, READ_AGAIN

_NONE = "-"
"""Value of the option "none of them"; empty text would be "nothing chosen yet" to the control."""
_AS_FOUND = "?"
"""Value of the option "as recognised"; it takes back what a person said."""
OWN_RULE = "own"
FAMILY_RULES = (
    ("as brought, else by the stated rule", ""),
    ("code up to the first - _ . / or space", BEGINNING),
    ("code up to the first /", BRANCH),
    ("first 2 characters of the code", "^(..)"),
    ("first 3 characters of the code", "^(...)"),
    ("first 4 characters of the code", "^(....)"),
    ("own pattern", OWN_RULE),
)
"""Label and pattern of each rule that groups items by their codes."""


def mapping_form(
    questions: Sequence[Question],
    columns: Sequence[MappedColumn],
    headings: Sequence[str],
    *,
    sheets: Sequence[SheetUse] = (),
    corrections: Sequence[tuple[str, str, bool]] = (),
    family_pattern: str | None = None,
) -> list[Component]:
    """Questions with a preview of each reading, tables by file, headings by meaning, families, corrections to undo.

    Args:
        questions: What a person has to answer first.
        columns: How headings are read, and why.
        headings: All headings of the file.
        sheets: Every file or sheet and the table it is read as.
        corrections: Code of each correction that can be undone, what it did, and whether it is made.
        family_pattern: Pattern in use ("" for none); None where families cannot be regrouped.
    """
    if not questions and not columns and not sheets and not corrections and family_pattern is None:
        return []
    known = {line.meaning: line for line in columns}
    asked = {question.name for question in questions if question.key == "columns"}
    rows = [
        _meaning(meaning, words, known.get(meaning), headings)
        for meaning, words in MEANINGS.items()
        if meaning not in asked and headings
    ]
    parts: list[Component] = [*map(_question, questions)]
    parts += _part("What each file or sheet holds", [_holds(sheet) for sheet in sheets], wide=True)
    parts += _part("Columns of the sales", rows)
    parts += _families(family_pattern) + _corrections(corrections)
    body = html.Div([*parts, _again()])
    title = "Please answer" if questions else "How your files are read: tables, columns, families, corrections"
    return [html.Details([html.Summary(title), body], open=bool(questions), className="sop-reading")]


def _part(title: str, fields: Sequence[Component], *, wide: bool = False) -> list[Component]:
    if not fields:
        return []
    style = "sop-mapping sop-mapping-wide" if wide else "sop-mapping"
    return [html.Fieldset([html.Legend(title, className="sop-asked"), html.Div(fields, className=style)])]


def _holds(sheet: SheetUse) -> Component:
    """Which table a file or sheet holds, to be said otherwise."""
    tables = [{"label": f"{name.replace('_', ' ')} – {table.title}", "value": name} for name, table in TABLES.items()]
    options = [*tables, {"label": "nothing: leave it out", "value": _NONE}]
    if sheet.said:
        options = [{"label": "as recognised by name and headings", "value": _AS_FOUND}, *options]
    identity = {"type": HOLDS, "name": sheet.name, "read": sheet.table}
    control = dbc.Select(id=identity, options=options, value=sheet.table or _NONE, size="sm")
    return html.Label([html.Span(sheet.name), control, html.Small(sheet_words(sheet))])


def _again() -> Component:
    button = html.Button("Read it this way", id=READ_AGAIN, className="btn btn-sm btn-outline-primary")
    return html.Div(button, className="sop-actions")


def _families(pattern: str | None) -> list[Component]:
    """How items are grouped into families by their codes."""
    if pattern is None:
        return []
    known = pattern in {value for _, value in FAMILY_RULES}
    options = [{"label": label, "value": value or _NONE} for label, value in FAMILY_RULES]
    rule = dbc.Select(id=FAMILY_RULE, options=options, value=(pattern or _NONE) if known else OWN_RULE, size="sm")
    own = dbc.Input(id=FAMILY_OWN, value="" if known else pattern, size="sm", maxLength=100, placeholder="^([A-Z]+)-")
    note = "The part in brackets, found in the code of an item, is its family."
    return _part(
        "Families",
        [
            html.Label([html.Span("Families of the items"), rule]),
            html.Label([html.Span("Own pattern (regular expression)"), own, html.Small(note)]),
        ],
    )


def _corrections(corrections: Sequence[tuple[str, str, bool]]) -> list[Component]:
    """Corrections that were made or left out; a tick means made."""
    if not corrections:
        return []
    box = dbc.Checklist(
        id=CORRECTIONS,
        options=[{"label": words, "value": code} for code, words, _ in corrections],
        value=[code for code, _, made in corrections if made],
    )
    return [html.Fieldset([html.Legend("Corrections made; untick to undo", className="sop-asked"), box])]


def _question(question: Question) -> Component:
    identity = {"type": ANSWERS, "key": question.key, "name": question.name}
    options = [{"label": _reading(r.label, r.preview), "value": r.answer} for r in question.readings]
    return html.Fieldset(
        [html.Legend(question.text, className="sop-asked"), dbc.RadioItems(id=identity, options=options)]
    )


def _reading(label: str, preview: Sequence[tuple[str, str]]) -> str:
    shown = ", ".join(f"{cell} is {value}" for cell, value in preview)
    return f"{label}: {shown}" if shown else label


def _meaning(meaning: str, words: str, line: MappedColumn | None, headings: Sequence[str]) -> Component:
    options = [{"label": "none of them", "value": _NONE}, *({"label": name, "value": name} for name in headings)]
    value = line.heading if line else _NONE
    control = dbc.Select(id={"type": COLUMNS, "name": meaning}, options=options, value=value, size="sm")
    return html.Label([html.Span(words), control, html.Small(line.reason if line else "")])


def mapping_of(
    columns: Mapping[str, Any], answers: Sequence[tuple[str, str, Any]], before: Mapping[str, Any]
) -> dict[str, Any]:
    """The mapping a person made with the form.

    Args:
        columns: Meaning -> heading chosen.
        answers: Part of the mapping, name inside it, and the reading chosen.
        before: What was answered before; answered questions are no longer on the form.
    """
    mapping: dict[str, Any] = {
        **{key: dict(value) for key, value in before.items() if key != "columns" and isinstance(value, dict)},
        "columns": {meaning: "" if heading == _NONE else str(heading or "") for meaning, heading in columns.items()},
    }
    for key, name, answer in answers:
        mapping.setdefault(key, {})[name] = str(answer)
    return mapping


def tables_said(shown: Sequence[Mapping[str, str]], chosen: Sequence[Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a person said about files and sheets: file or sheet -> table, empty to leave it out, None to take it back.

    When one more file is said to hold sales, those read as sales already go on being sales.

    Args:
        shown: Name of each file or sheet and the table it was read as.
        chosen: What stands on the form now.
        before: The mapping so far.
    """
    said: dict[str, Any] = dict(before.get("tables") or {})
    now = {one["name"]: "" if value == _NONE else value for one, value in zip(shown, chosen, strict=True)}
    read = {one["name"]: one["read"] for one in shown}
    said |= {name: None if table == _AS_FOUND else table for name, table in now.items() if table != read[name]}
    if "sales" in said.values():
        said |= {name: table for name, table in now.items() if table == "sales"}
    return {"tables": said} if said else {}


def other_sales(shown: Sequence[Mapping[str, str]], chosen: Sequence[Any]) -> bool:
    """True when another file is to hold the sales, so that the columns on the form are no longer those of the sales."""
    pairs = [(one["read"], value) for one, value in zip(shown, chosen, strict=True)]
    return any(read != value and "sales" in (read, value) for read, value in pairs)


def decided(before: Mapping[str, Any], listed: Sequence[str], made: Any, rule: Any, own: Any) -> dict[str, Any]:
    """What a person decided about corrections and families, as parts of the mapping.

    Args:
        before: The mapping so far.
        listed: Codes of the corrections that were shown.
        made: Codes that stay ticked; None when none were shown.
        rule: Rule chosen for families; None when not shown.
        own: Pattern written; None when not shown.
    """
    undone = {code for code in before.get("undo", ()) if code not in listed}
    if made is not None:
        undone |= {code for code in listed if code not in made}
    parts: dict[str, Any] = {"undo": sorted(undone)}
    if rule is not None:
        parts["family_pattern"] = str(own or "").strip() if rule == OWN_RULE else "" if rule == _NONE else str(rule)
    return parts
