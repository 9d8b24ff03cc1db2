"""How the header says its facts: company, cycle, plan state, what is shown, how current and how sound it is."""

from dash import dcc, html
from dash.development.base_component import Component

from sop_dash.components.lever_board import open_levers_button
from sop_dash.core.model.periods import short_name
from sop_dash.figures.formats import date_in_words, listed, plural
from sop_dash.services.frame_facts import HeaderFacts


def header_left(facts: HeaderFacts) -> list[Component]:
    """Who, which cycle, in which state, and what is shown."""
    parts: list[Component] = [html.Span(facts.company, className="sop-company")]
    if facts.example:
        parts.append(html.Span("example", className="sop-badge", title="An example company, not a real one"))
    if facts.cycle:
        parts.append(_fact("Cycle", short_name(facts.cycle)))
        parts.append(_state(facts))
        parts.append(_fact("Showing", facts.shown))
    if facts.changes:
        parts.append(html.Span(f"modified, {plural(facts.changes, 'change')}", className="sop-chip sop-chip-modified"))
        parts.append(open_levers_button("header", "back to plan", {}, class_name="sop-why"))
    return parts


def header_right(facts: HeaderFacts) -> list[Component]:
    """How current and how sound the figures are, and who is asking."""
    parts: list[Component] = []
    if facts.data_through:
        parts.append(_fact("Data through", short_name(facts.data_through)))
    if facts.balances:
        parts.append(_tie(facts))
    if facts.issues:
        tone = "sop-issues sop-issues-blocking" if facts.blocking else "sop-issues"
        words = plural(facts.issues, "issue")
        parts.append(dcc.Link([_icon("flag"), words], href="/data", className=tone, title="Issues, ranked by money"))
    if facts.currency_assumed:
        said = "Nobody has said which currency it is: set it in the planning settings"
        words = f"{facts.currency_assumed} assumed"
        parts.append(dcc.Link(words, href="/data#tab=Planning settings", className="sop-issues", title=said))
    if facts.user:
        parts.append(html.Span([_icon("person"), facts.user], className="sop-user"))
    return parts


def _state(facts: HeaderFacts) -> Component:
    """How far the plan is, with the way to where it is approved; what changed since stands beside it in short."""
    if facts.proposed_by:
        kind, words, more = "proposed", f"Proposed by {facts.proposed_by}", "Ready to be approved on the Decisions page"
    elif not facts.approved_by:
        kind, words, more = "draft", "Draft", "The plan is not approved"
    elif facts.changed_since:
        kind = "modified"
        words = f"Changed since approval: {listed(facts.changed_since, most=1)}"
        more = f"Approved {_approval(facts)}. Changed since: {'; '.join(facts.changed_since)}"
    else:
        kind, words, more = "approved", f"Approved {_approval(facts)}", "Nothing has changed since"
    text = html.Span(words, className="sop-chip-text")
    return dcc.Link(text, href="/decisions", className=f"sop-chip sop-chip-{kind} sop-plan-state", title=more)


def _approval(facts: HeaderFacts) -> str:
    return f"{date_in_words(facts.approved_at)} by {facts.approved_by}"


def _tie(facts: HeaderFacts) -> Component:
    holds = facts.tied == facts.balances
    return html.Span(
        [_icon("check2-circle" if holds else "exclamation-octagon"), f"figures tie {facts.tied}/{facts.balances}"],
        className="sop-tie" if holds else "sop-tie sop-tie-broken",
        title="Balances that hold: stock, units, revenue, totals" if holds else "A balance does not hold",
    )


def _fact(name: str, value: str) -> Component:
    return html.Span([html.Span(name, className="sop-fact-name"), html.Span(value)], className="sop-fact")


def _icon(name: str) -> Component:
    return html.I(className=f"bi bi-{name}", **{"aria-hidden": "true"})
