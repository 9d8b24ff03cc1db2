"""Demand as pieces of its page: the list of families, the columns of the table, the stack of adjustments; pure."""

from collections.abc import Collection, Sequence

from dash import html
from dash.development.base_component import Component

from sop_dash.components.choice import EVERYTHING
from sop_dash.components.states import empty
from sop_dash.core.plan.adjustment_log import adjustment_log
from sop_dash.core.plan.demand_approval import FamilyReview, ReviewState
from sop_dash.core.plan.demand_issues import FamilyIssue, demand_issues
from sop_dash.figures.demand_tables import (
    Row,
    adjustment_rows,
    issue_money,
    issue_words,
)
from sop_dash.figures.formats import months_in_words, plural
from sop_dash.pages.demand.layout import FAMILY_BUTTON, REJECT, REJECT_BUTTON, RESTORE
from sop_dash.services.plans import PlanView

_STACK_HEAD = ("#", "Where", "Change, units", "Money", "Reason and owner", "")


def family_list(view: PlanView, reviews: Sequence[FamilyReview] = ()) -> list[Component]:
    """Every family of the category, the one most at issue first, with how far its review is; and one for all."""
    states = {row.family: row.state for row in reviews}
    issues = [
        issue
        for issue in demand_issues(view.prepared, len(view.months))
        if view.selection.category in (None, issue.category)
    ]
    currency, chosen = view.prepared.inputs.company.currency, view.selection.family
    said = f"{plural(len(issues), 'family', 'families')} · {months_in_words(view.months)}"
    whole = _family_button(EVERYTHING, "All families", "", said, chosen is None)
    return [
        whole,
        *(_issue_button(issue, currency, issue.family == chosen, states.get(issue.family)) for issue in issues),
    ]


def _issue_button(issue: FamilyIssue, currency: str, chosen: bool, state: ReviewState | None) -> Component:
    adjusted = f" · {plural(issue.adjustments, 'adjustment')}" if issue.adjustments else ""
    words = issue_words(issue) + adjusted
    return _family_button(issue.family, issue.family, issue_money(issue, currency), words, chosen, state)


def _family_button(
    family: str, name: str, worth: str, words: str, chosen: bool, state: ReviewState | None = None
) -> Component:
    mark = [_review_mark(state)] if state not in (None, ReviewState.OPEN) else []
    return html.Button(
        [
            html.Span([name, *mark], className="sop-family-name"),
            html.Span(worth, className="sop-family-money"),
            html.Span(words, className="sop-family-words"),
        ],
        id={"type": FAMILY_BUTTON, "index": family},
        className="sop-family",
        **{"aria-pressed": str(chosen).lower()},
    )


def _review_mark(state: ReviewState) -> Component:
    """A tick once a family is through, a mark when it has moved since; read out in words."""
    icon = "exclamation-circle" if state is ReviewState.CHANGED else "check-circle"
    return html.I(
        className=f"bi bi-{icon} sop-review-mark", title=state.value, role="img", **{"aria-label": state.value}
    )


def stack(view: PlanView, only: Collection[str] = ()) -> Component:
    """The adjustments of the families selected in order, each to be rejected or restored; `only` these ids if given."""
    chosen = {name for name, inside in zip(view.plan.grain.families, view.families, strict=True) if inside}
    lines = [line for line in adjustment_log(view.prepared) if line.adjustment.family in chosen]
    if only:
        lines = [line for line in lines if line.adjustment.id in only]
    if not lines:
        return empty("No adjustment yet", "The consensus is the statistical forecast. Write into a month to change it.")
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in _STACK_HEAD]))
    rows = adjustment_rows(lines, view.prepared.inputs.company.currency)
    return html.Div(
        html.Table([head, html.Tbody([_stack_row(row) for row in rows])], className="sop-list sop-adjustments"),
        className="sop-table-frame",
        tabIndex=0,
        role="region",
        **{"aria-label": "Adjustments in the order they stack"},
    )


def _stack_row(row: Row) -> Component:
    rejected = row["rejected"]
    decide = html.Button(
        "Restore" if rejected else "Reject",
        id={
            "type": REJECT_BUTTON,
            "do": RESTORE if rejected else REJECT,
            "index": row["id"],
            "version": row["version"],
        },
        className="btn btn-sm btn-outline-secondary",
        title=f"Put {row['id']} back at its place" if rejected else f"Take {row['id']} out of the stack",
    )
    return html.Tr(
        [
            html.Td(row["order"]),
            html.Td(_two_lines(row["family"], f"{row['months']}, {row['where']}"), className="sop-where-cell"),
            html.Td(_two_lines(row["change"], "rejected" if rejected else f"{row['before']} → {row['after']}")),
            html.Td(row["value"], className="sop-number-cell"),
            html.Td(
                _two_lines(row["reason"], f"{row['owner']}, {row['when']}"),
                className="sop-reason-cell",
                title=row["reason"],
            ),
            html.Td(decide),
        ],
        className="sop-layer-rejected" if rejected else "",
    )


def _two_lines(first: str, second: str) -> list[Component]:
    return [html.Div(first), html.Small(second)]
