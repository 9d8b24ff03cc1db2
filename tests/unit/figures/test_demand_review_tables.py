"""The demand review as rows: what is corrected, who helps, what is expected and seen; only what is selected."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sop_dash.core.demand.cleansing import Correction
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.records import CorrectionKind
from sop_dash.figures.demand_review_tables import (
    Grouping,
    corrected_months,
    held_words,
    method_rows,
    value_rows,
    value_words,
)
from sop_dash.figures.formats import SPACE, signed_percent
from sop_dash.figures.outlook_tables import assumption_rows, event_rows, risk_rows, risk_words, transition_rows
from sop_dash.services.bundle import Services
from sop_dash.services.demand_review import Board
from sop_dash.services.selection import Selection
from tests.desk import files_of, opened


def correction(channel, before, after, *, accepted=True, month="2026-03"):
    return Correction(
        family="Kettles",
        channel=channel,
        month=month,
        kind=CorrectionKind.STOCK_OUT,
        before=before,
        after=after,
        reason=f"{after - before:.0f} lost",
        accepted=accepted,
    )


def test_channels_of_a_month_are_one_row_and_the_largest_stands_first():
    rows = corrected_months(
        [correction("web", 10, 30), correction("shop", 50, 55), correction("web", 10, 90, month="2026-05")], {"Kettles"}
    )
    assert [(row.month, row.before, row.after, row.channels) for row in rows] == [
        ("2026-05", 10, 90, ("web",)),
        ("2026-03", 60, 85, ("web", "shop")),
    ]
    assert rows[0].reason == "80 lost"
    assert rows[1].reason == "web: 20 lost"  # of the 25 of both channels
    assert corrected_months([correction("web", 10, 30)], {"Lamps"}) == []


@cache
def shipped(folder: Path) -> Services:
    services = opened(folder)
    data = Path(__file__).parents[3] / "data" / "brightwater"
    preview = services.imports.preview({path.name: path.read_bytes() for path in data.glob("*.csv")}, example=True)
    services.imports.accept(preview, source="shipped", user=services.user())
    return services


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return shipped(tmp_path_factory.mktemp("home"))


def test_rows_of_one_family_speak_of_that_family(services: Services):
    view = services.plans.view(Selection(family="Blenders"), Levers())
    assert {row["family"] for row in method_rows(services.demand_review.board(view), view)} == {"Blenders"}
    assert {row["family"] for row in event_rows(view)} == {"Blenders"}
    assert {row["id"] for row in assumption_rows(services.demand_review.assumptions(view), view)} == {
        "A-01",
        "A-09",
        "A-12",
    }
    assert transition_rows(services.demand_review.transitions(view), view) == []


def test_seen_stands_beside_expected_and_what_is_planned_follows_what_was_seen(services: Services):
    view = services.plans.view(Selection(family="Headphones"), Levers())
    rows = {row["when"]: row for row in event_rows(view)}
    assert rows["Aug 26"]["expected"] == 0.1
    assert 0.0 < rows["Aug 26"]["seen"] < 0.2
    assert rows["Aug 27"]["seen"] is None
    assert 0.0 < rows["Aug 27"]["planned"] < 0.2


def test_events_assumptions_and_issues_tell_one_estimate_and_what_it_rests_on(services: Services):
    view = services.plans.view(Selection(family="Blenders"), Levers())
    event = {row["when"]: row for row in event_rows(view)}["Sep 26"]
    stated = {row["id"]: row for row in assumption_rows(services.demand_review.assumptions(view), view)}["A-01"]
    rests = "(from 4 months; it returns every year, so their average is taken as expected, +15.0 %)"
    assert event["what"] == f"Back to kitchen, two weeks, 12 % off {rests}"
    assert stated["text"] == f"The September promotion lifts blenders by 15 % {rests}"
    assert stated["seen"] == signed_percent(event["seen"])
    assert (stated["range"], event["months"]) == (event["range"], 4)
    (issue,) = [one for one in view.prepared.findings if one.place.startswith("A-01")]
    told = f"seen {stated['seen']} (nine cases in ten: {stated['range']}; from 4 months;".replace(SPACE, " ")
    assert told in issue.detail.replace(SPACE, " ")
    alone = services.plans.view(Selection(family="Headphones"), Levers())
    assert all(row["months"] in (None, 1) and "(" not in row["what"] for row in event_rows(alone))


def test_the_account_of_value_is_told_by_family_owner_reason_size_and_direction(services: Services):
    view = services.plans.view(Selection(), Levers())
    account = services.demand_review.value_added(view)
    by = {grouping: value_rows(account, view, grouping) for grouping in Grouping}
    assert all(rows and len({row["name"] for row in rows}) == len(rows) for rows in by.values())
    assert [row["name"] for row in by[Grouping.FAMILY]] == list(view.plan.grain.families)
    assert {row["name"] for row in by[Grouping.DIRECTION]} == {"up", "down"}
    owners, directions = by[Grouping.OWNER], by[Grouping.DIRECTION]
    assert sum(row["money"] for row in owners) == pytest.approx(sum(row["money"] for row in directions))
    assert value_words(account).startswith("24\u202fcycles kept") or "24" in value_words(account)
    hidden = value_rows(services.demand_review.value_added(view, hide_names=True), view, Grouping.OWNER)
    assert all(row["name"].startswith("Owner ") for row in hidden)


def test_ranges_that_held_are_counted_with_what_chance_leaves_open(services: Services):
    view = services.plans.view(Selection(family="Smart Displays"), Levers())
    inside = np.zeros((25, len(view.plan.grain.families)))
    inside[:20, view.plan.grain.families.index("Smart Displays")] = 1.0
    board = Board(standings=(), inside80=inside)
    # Wilson's 90 % range of 20 in 25: (0.8 + 0.0541 ± 0.1423) / 1.1082
    expected = "of the last 25 ranges of 80 %, 20 held (80 %; by chance anything from 64 % to 90 %)"
    assert held_words(board, view).replace(SPACE, " ") == expected
    everything = services.plans.view(Selection(), Levers())
    assert held_words(board, everything).endswith(": too narrow")
    assert held_words(Board(standings=(), inside80=np.ones((25, 12))), everything).endswith(": wider than needed")


def test_the_weighted_sum_counts_what_is_open(services: Services):
    view = services.plans.view(Selection(), Levers())
    rows = risk_rows(view)
    assert rows[-1]["status"] == "closed"
    # 720 + 375 − 275 − 227.5 − 168 − 135 − 76 thousand; the closed one of −140 is left out.
    assert risk_words(rows, "USD").replace(SPACE, " ") == "7 open, weighted by chance +$ 214 k"
    unknown = [{"weighted": None, "status": "open"}, {"weighted": -500.0, "status": "open"}]
    assert risk_words(unknown, "USD").endswith(", 1 without a figure left out")
    assert risk_words([], "USD") == "weighted by chance"


def test_a_company_with_sales_alone_has_empty_tables(tmp_path: Path):
    services = opened(tmp_path)
    world = {"sales": [{"month": "2026-01", "family": "Kettles", "units": 5}]}
    services.imports.accept(services.imports.preview(files_of(world)), source="x", user=services.user())
    view = services.plans.view(Selection(), Levers())
    assert event_rows(view) == []
    assert risk_rows(view) == []
    assert method_rows(services.demand_review.board(view), view) == []
    assert held_words(services.demand_review.board(view), view) == "no range could be tested yet"
