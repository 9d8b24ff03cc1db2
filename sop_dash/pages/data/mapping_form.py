"""The form that shows how a file of the company's own is read, and what a person answers or changes in it."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from sop_dash.core.data.mapping import MappedColumn, Question
from sop_dash.figures.data_tables import MEANINGS
from sop_dash.pages.data.layout import ANSWERS, COLUMNS, READ_AGAIN

_NONE = "-"
"""Value of the option "none of them"; empty text would be "nothing chosen yet" to the control."""


def mapping_form(
    questions: Sequence[Question], columns: Sequence[MappedColumn], headings: Sequence[str]
) -> list[Component]:
    """Questions with a preview of each reading, and one choice of heading for each meaning; nothing without either."""
    if not questions and not columns:
        return []
    known = {line.meaning: line for line in columns}
    asked = {question.name for question in questions if question.key == "columns"}
    rows = [
        _meaning(meaning, words, known.get(meaning), headings)
        for meaning, words in MEANINGS.items()
        if meaning not in asked and headings
    ]
    body = html.Div([*map(_question, questions), html.Div(rows, className="sop-mapping"), _again()])
    title = "Please answer" if questions else "How your columns are read"
    return [html.Details([html.Summary(title), body], open=bool(questions), className="sop-reading")]


def _again() -> Component:
    button = html.Button("Read it this way", id=READ_AGAIN, className="btn btn-sm btn-outline-primary")
    return html.Div(button, className="sop-actions")


def _question(question: Question) -> Component:
    identity = {"type": ANSWERS, "key": question.key, "name": question.name}
    options = [{"label": _reading(r.label, r.preview), "value": r.answer} for r in question.readings]
    return html.Fieldset(
        [html.Legend(question.text, className="sop-question"), dbc.RadioItems(id=identity, options=options)]
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
