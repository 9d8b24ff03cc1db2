"""The review tabs through their wire: approve, add to the outlook, compare, mark, and what sales alone can show."""

from pathlib import Path
from typing import Any

import pytest

from sop_dash.core.model.levers import Change
from sop_dash.core.model.outlook import Acts
from sop_dash.pages.demand.compare_tab import (
    CASES,
    CASES_STATE,
    CASES_TABLE,
    CAUSES,
    CAUSES_STATE,
    KEEP_DOWNSIDE,
    KEEP_UPSIDE,
    QUARTERS,
    WAY,
)
from sop_dash.pages.demand.exceptions_tab import EXCEPTIONS
from sop_dash.pages.demand.outlook_forms import Lists, field_id, forms, given, part_id, typed
from sop_dash.pages.demand.review_slots import APPROVAL, QUESTION
from sop_dash.pages.demand.review_tabs import (
    ASSUMPTIONS,
    EVENTS,
    LAUNCHES,
    WHY_FORECAST,
)
from sop_dash.pages.demand.value_tab import AUTO, GROUPED, STAIRS_TITLE, VALUE, VALUE_TITLE
from sop_dash.services.access import LOCAL_USER
from sop_dash.services.bundle import Services
from sop_dash.services.kept_outlook import OutlookKind
from tests.desk import desk
from tests.page_client import PageClient, stores
from tests.worlds import sales_only

ONE = {"family": "Kettles", "measure": "units"}
EVENT = next(form for form in forms(Lists()) if form.kind is OutlookKind.EVENT)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """Kettles and Lamps sell 100 and 50 a month for three years to 2028-12, without prices."""
    return desk(tmp_path, sales_only({"Kettles": [100.0] * 36, "Lamps": [50.0] * 36}))


def written(part: Any) -> str:
    """All text of a component tree."""
    if isinstance(part, dict):
        return " ".join(written(value) for key, value in part.get("props", {}).items() if key == "children")
    if isinstance(part, list):
        return " ".join(written(one) for one in part)
    return "" if part is None else str(part)


def shown(client: PageClient, output: str, prop: str = "children", **selected: Any) -> Any:
    answer = client.ask(f"{output}.{prop}", stores({}, **selected))
    return answer[output][prop]


def test_the_card_counts_the_families_that_are_through(services: Services):
    client = PageClient(services)
    assert "0 of 2\u00a0families approved" in written(shown(client, APPROVAL))
    services.demand_approval.approve(["Kettles"], LOCAL_USER, seen=[None], note="looked at")
    said = written(shown(client, APPROVAL, **ONE))
    assert "1 of 2\u00a0families approved" in said
    assert "looked at" in said
    assert "Open again" in said
    assert shown(client, QUESTION) == []


def test_a_form_refuses_in_place_and_keeps_what_was_typed(services: Services):
    client = PageClient(services)
    values = {
        "description": "Offer",
        "family": "Kettles",
        "kind": "promotion",
        "first_month": "2029-03",
        "last_month": "2029-03",
        "acts": Acts.AS_ENTERED.value,
        "expected_ratio": None,
        "owner": "Bea",
    }
    save = part_id(OutlookKind.EVENT, "save")

    def kept() -> dict[str, Any]:
        stated = {f"{field_id(OutlookKind.EVENT, name)}.value": values.get(name) for name in EVENT.fields}
        return client.ask(
            f"{part_id(OutlookKind.EVENT)}.is_open", {**stated, f"{save}.n_clicks": 1}, by=f"{save}.n_clicks"
        )

    refused = kept()
    assert "The effect expected is missing" in refused[part_id(OutlookKind.EVENT, "refused")]["children"]
    assert part_id(OutlookKind.EVENT) not in refused
    values["expected_ratio"] = 25
    assert kept()[part_id(OutlookKind.EVENT)]["is_open"] is False
    (row,) = shown(client, EVENTS, "rowData")
    assert (row["expected"], row["planned"], row["owner"]) == (0.25, 0.25, "Bea")


def test_percent_is_typed_and_fractions_are_kept():
    assert given(OutlookKind.RISK, {"probability_ratio": 40, "family": "*"}) == {
        "probability_ratio": 0.4,
        "family": None,
    }
    assert typed(OutlookKind.ASSUMPTION, {"value": 0.1, "unit": "ratio"})["value"] == 10.0
    assert typed(OutlookKind.ASSUMPTION, {"value": 5.0, "unit": "units"})["value"] == 5.0


def test_sales_alone_compare_one_family_in_units_and_say_what_all_of_them_lack(services: Services):
    client = PageClient(services)
    figure = shown(client, CAUSES, "figure", **ONE)
    # A steady company: replayed last cycle says 1,200 for the year, and so does this one.
    (trace,) = figure["data"]
    assert (trace["y"][0], trace["y"][-1]) == pytest.approx((1200.0, 1200.0))
    assert trace["x"][0].startswith("Replayed")
    assert "Choose one family" in written(shown(client, CAUSES_STATE))
    assert "Choose one family" in written(shown(client, CASES_STATE))
    rows = client.ask(f"{CASES}.figure", {**stores({}, **ONE), f"{WAY}.value": "flat ±15 %"})[CASES_TABLE]["rowData"]
    assert rows[0]["upside"] == pytest.approx(115.0)
    assert rows[0]["downside"] == pytest.approx(85.0)
    assert {row["family"] for row in shown(client, QUARTERS, "rowData")} == {"Kettles", "Lamps"}


def test_upside_and_downside_are_kept_as_scenarios_with_one_click(services: Services):
    client = PageClient(services)

    def press(button: str, way: str) -> str:
        asked = {**stores({}, **ONE), f"{WAY}.value": way, f"{button}.n_clicks": 1}
        return str(client.ask(f'{{"page":"{CASES}","type":"saved"}}.data', asked, by=f"{button}.n_clicks"))

    assert "“Upside of Kettles flat ±15 %, Jan 29” is kept" in press(KEEP_UPSIDE, "flat ±15 %")
    assert "(2)” is kept" in press(KEEP_UPSIDE, "flat ±15 %")  # the same name again
    press(KEEP_DOWNSIDE, "flat ±15 %")
    assert [(kept.name[:8], kept.levers.demand) for kept in services.scenarios.all()] == [
        ("Upside o", (Change(ratio=0.15, family="Kettles"),)),
        ("Upside o", (Change(ratio=0.15, family="Kettles"),)),
        ("Downside", (Change(ratio=-0.15, family="Kettles"),)),
    ]
    press(KEEP_UPSIDE, "named drivers")  # there are none: nothing is kept
    assert len(services.scenarios.all()) == 3


def test_every_tab_answers_without_anything_but_sales(services: Services):
    client = PageClient(services)
    assert shown(client, EXCEPTIONS, "rowData") == []
    assert shown(client, ASSUMPTIONS, "rowData") == []
    assert shown(client, LAUNCHES, "rowData") == []
    assert [row["name"] for row in shown(client, VALUE, "rowData")] == ["Kettles", "Lamps"]
    by_owner = client.ask(f"{VALUE}.rowData", stores({}) | {f"{GROUPED}.value": "owner"})
    assert by_owner[VALUE]["rowData"] == []
    assert "no change of a past forecast is known" in by_owner[VALUE_TITLE]["children"]
    assert "replayed" in shown(client, STAIRS_TITLE)
    assert "No family yet" in written(shown(client, AUTO))
    assert "Channels add up to 1.20\u00a0k units" in written(shown(client, WHY_FORECAST, **ONE))
