"""The forms of the outlook: an assumption, a risk or opportunity, an event, a transition; opened empty or filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.form_dialog import form_dialog
from sop_dash.components.notices import saved_slot
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.outlook import (
    EVENT_KINDS,
    RATIO,
    Acts,
    AssumptionCategory,
    Impact,
    RiskSide,
    RiskStatus,
)
from sop_dash.core.model.periods import short_name
from sop_dash.pages.demand.review_slots import OUTLOOK_SLOT
from sop_dash.services.kept_outlook import OutlookKind

_CLOSED_MONTHS = 24
_PERCENT = {
    OutlookKind.RISK: ("probability_ratio",),
    OutlookKind.EVENT: ("expected_ratio",),
    OutlookKind.TRANSITION: ("taken_ratio",),
}
_ACTS_WORDS = (
    ("as past ones of the family did (promotions)", Acts.AS_BEFORE),
    ("by the effect entered here", Acts.AS_ENTERED),
    ("not at all: only noted", Acts.NOT),
)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a form.

    Args:
        name: As the use case calls it.
        label: As shown.
        control: "text", "long", "number", "day", "month" or the options of a choice.
        help: Under the control; empty for none.
    """

    name: str
    label: str
    control: str | Sequence[tuple[str, str]]
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A dialog.

    Args:
        kind: What it keeps.
        name: In words, for its title.
        rows: Fields side by side, row by row.
    """

    kind: OutlookKind
    name: str
    rows: tuple[tuple[Field, ...], ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields, in the order of the callbacks."""
        return tuple(field.name for line in self.rows for field in line)


def part_id(kind: OutlookKind, part: str = "") -> str:
    """Id of a form or of its `new`, `edit`, `title`, `refused`, `draft`, `save`, `remove` or `cancel`."""
    return "-".join(filter(None, ("demand-outlook", kind, part)))


def field_id(kind: OutlookKind, name: str) -> str:
    """Id of the control of one field."""
    return f"demand-outlook-{kind}-field-{name.replace('_', '-')}"


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What the choices of the forms offer: texts and values; nothing by default.

    Args:
        families: Families.
        months: Months to come, then closed ones, newest first.
        items: Items by code and name.
        launched: Items that followed others.
        currency: For money.
    """

    families: Sequence[tuple[str, str]] = ()
    months: Sequence[tuple[str, str]] = ()
    items: Sequence[tuple[str, str]] = ()
    launched: Sequence[tuple[str, str]] = ()
    currency: str = ""


def lists_of(inputs: PlanInputs) -> Lists:
    """The names of this data load."""
    grain, items = inputs.grain, inputs.items
    months = (*grain.horizon, *reversed(grain.history[-_CLOSED_MONTHS:]))
    return Lists(
        families=[(name, name) for name in grain.families],
        months=[(short_name(month), month) for month in months],
        items=[(f"{sku} {name}".strip(), sku) for sku, name in zip(items.skus, items.names, strict=True)],
        launched=[(sku, sku) for sku, before in zip(items.skus, items.predecessors, strict=True) if before],
        currency=inputs.company.currency,
    )


def forms(offered: Lists) -> tuple[Form, ...]:
    """The four dialogs; their fields never depend on what is offered."""
    families, currency = offered.families, offered.currency
    anyone = [("all families", EVERYTHING), *families]
    owner = Field(name="owner", label="Owner", control="text")
    return (
        Form(
            kind=OutlookKind.ASSUMPTION,
            name="assumption",
            rows=(
                (Field(name="text", label="What is assumed", control="long"),),
                (
                    Field(name="category", label="About", control=_words(AssumptionCategory)),
                    Field(name="impact", label="Impact", control=_words(Impact)),
                ),
                (
                    Field(name="family", label="Family", control=anyone),
                    Field(name="month", label="Month it is tested in", control="month"),
                ),
                (
                    Field(name="value", label="Figure assumed", control="number"),
                    Field(name="unit", label="Counted in", control=_units(currency)),
                ),
                (owner, Field(name="source", label="Source", control="text")),
                (Field(name="valid_until", label="Valid until", control="day"),),
            ),
        ),
        Form(
            kind=OutlookKind.RISK,
            name="risk or opportunity",
            rows=(
                (Field(name="text", label="What may happen", control="long"),),
                (
                    Field(name="side", label="Kind", control=_words(RiskSide)),
                    Field(name="value", label=f"Money, {currency}", control="number"),
                    Field(name="probability_ratio", label="Chance, %", control="number"),
                ),
                (
                    Field(name="family", label="Family", control=anyone),
                    Field(name="month", label="Month it would hit", control="month"),
                ),
                (
                    owner,
                    Field(name="due_date", label="Act by", control="day"),
                    Field(name="status", label="Status", control=_words(RiskStatus)),
                ),
            ),
        ),
        Form(
            kind=OutlookKind.EVENT,
            name="event",
            rows=(
                (Field(name="description", label="What happens", control="long"),),
                (
                    Field(name="family", label="Family", control=families),
                    Field(name="kind", label="Kind", control=[(word, word) for word in EVENT_KINDS]),
                ),
                (
                    Field(name="first_month", label="From", control=offered.months),
                    Field(name="last_month", label="To", control=offered.months),
                ),
                (
                    Field(name="expected_ratio", label="Effect on demand, %", control="number"),
                    Field(name="acts", label="Moves the forecast", control=[(w, a.value) for w, a in _ACTS_WORDS]),
                ),
                (owner, Field(name="customer", label="Customer", control="text")),
            ),
        ),
        Form(kind=OutlookKind.TRANSITION, name="transition", rows=_transition_rows(offered, owner)),
    )


def _transition_rows(offered: Lists, owner: Field) -> tuple[tuple[Field, ...], ...]:
    families, named, launched = offered.families, offered.items, offered.launched
    return (
        (
            Field(name="family", label="Family", control=families),
            Field(name="sku", label="New item", control="text", help="Empty where an item only goes"),
        ),
        (
            Field(name="launch_month", label="First month of the new item", control="month"),
            Field(name="volume_units", label="Units a month once it runs", control="number"),
        ),
        (
            Field(name="predecessor", label="Follows", control=[("no item", EVERYTHING), *named]),
            Field(name="end_month", label="Old item ends in", control="month", help="Empty while both are sold"),
        ),
        (
            Field(name="analogue", label="First months like", control=[("a full start", EVERYTHING), *launched]),
            Field(name="taken_ratio", label="Taken from the old, %", control="number", help="Cannibalisation"),
        ),
        (owner,),
    )


def outlook_dialogs(inputs: PlanInputs) -> list[Component]:
    """All four dialogs, closed, with the slots their savings are told through."""
    found = forms(lists_of(inputs))
    slots = [saved_slot(f"{OUTLOOK_SLOT}-{form.kind}") for form in found]
    return [html.Div([*(_dialog(form) for form in found), *slots], className="sop-dialogs")]


def _dialog(form: Form) -> Component:
    """The dialog of a form, closed."""
    kind = form.kind
    lines = [html.Div([_labelled(kind, field) for field in line], className="sop-field-pair") for line in form.rows]
    buttons = [
        html.Button("Take out", id=part_id(kind, "remove"), className="btn btn-outline-danger me-auto", hidden=True),
        html.Button("Cancel", id=part_id(kind, "cancel"), className="btn btn-outline-secondary"),
        html.Button(f"Keep {form.name}", id=part_id(kind, "save"), className="btn btn-primary"),
    ]
    return html.Div([dcc.Store(id=part_id(kind, "draft")), form_dialog(part_id(kind), lines, buttons)])


def buttons(kind: OutlookKind, name: str) -> tuple[Component, Component]:
    """Add one, and change the one chosen in the table."""
    return (
        html.Button("Change", id=part_id(kind, "edit"), className="btn btn-sm btn-outline-secondary"),
        html.Button(f"Add {name}", id=part_id(kind, "new"), className="btn btn-sm btn-primary"),
    )


def typed(kind: OutlookKind, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as its form shows it: fractions in percent, "all" where nothing is named."""
    values = {name: None if value == "" else value for name, value in row.items()}
    for name in _percents(kind, values.get("unit")):
        value = values.get(name)
        if isinstance(value, int | float):
            values[name] = round(100.0 * value, 6)
    for name in ("family", "predecessor", "analogue"):
        values[name] = values.get(name) or EVERYTHING
    if kind is OutlookKind.RISK:
        values["side"] = RiskSide.OPPORTUNITY if row.get("opportunity") else RiskSide.RISK
        values["value"] = abs(row["value"]) if row.get("value") is not None else None
        values["status"] = values.get("status") or RiskStatus.OPEN
    return values


def given(kind: OutlookKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as the use case takes it: percent becomes a fraction, "all" nothing."""
    entered = {name: None if value == EVERYTHING else value for name, value in values.items()}
    for name in _percents(kind, entered.get("unit")):
        value = entered.get(name)
        if isinstance(value, int | float):
            entered[name] = value / 100.0
    return entered


def _percents(kind: OutlookKind, unit: Any) -> tuple[str, ...]:
    if kind is OutlookKind.ASSUMPTION:
        return ("value",) if unit == RATIO else ()
    return _PERCENT[kind]


def _units(currency: str) -> list[tuple[str, str]]:
    return [("% of demand", RATIO), ("units a month", "units"), (f"money, {currency}", currency), ("days", "days")]


def _words(kind: Any) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


def _labelled(kind: OutlookKind, field: Field) -> Component:
    control_id = field_id(kind, field.name)
    notes = [html.Small(field.help, className="sop-muted")] if field.help else []
    return html.Div(
        [dbc.Label(field.label, html_for=control_id), _control(control_id, field), *notes], className="sop-field"
    )


def _control(control_id: str, field: Field) -> Component:
    if not isinstance(field.control, str):
        options = [{"label": text, "value": value} for text, value in field.control]
        return dbc.Select(id=control_id, options=options, value=options[0]["value"] if options else None)
    if field.control == "long":
        return dbc.Textarea(id=control_id, maxLength=400, rows=2)
    if field.control == "number":
        return dbc.Input(id=control_id, type="number", step="any")
    if field.control == "day":
        return dbc.Input(id=control_id, type="date")
    if field.control == "month":
        return dbc.Input(id=control_id, type="text", maxLength=7, placeholder="YYYY-MM")
    return dbc.Input(id=control_id, maxLength=200)
