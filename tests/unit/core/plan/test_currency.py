"""The currency of a plan: as the data say, else as set, else assumed and marked so wherever somebody looks."""

import pytest

from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.setting_values import changed_settings
from sop_dash.core.plan import prepare
from tests.worlds import inputs, sales_only

LAMPS = sales_only({"Lamps": [10.0] * 24}, price=5.0)


def currency(settings: PlanningSettings, given: str = "") -> tuple[str, bool, bool]:
    """Code, whether it is assumed, and whether an issue says so."""
    world = {**LAMPS, "company": [{"name": "Lamps Ltd", "currency": given}]}
    prepared = prepare(inputs(world), settings=settings)
    company = prepared.inputs.company
    said = any(finding.kind.code == "currency-assumed" for finding in prepared.findings)
    assert said == any(name == "currency" for name, _ in prepared.inputs.absent)
    return company.currency, company.currency_assumed, said


def test_the_table_of_the_company_goes_before_the_setting() -> None:
    assert currency(PlanningSettings(currency="CHF"), "eur") == ("EUR", False, False)


def test_the_setting_holds_where_the_data_name_none() -> None:
    assert currency(PlanningSettings(currency="CHF")) == ("CHF", False, False)


def test_without_either_it_is_assumed_and_said() -> None:
    assert currency(PlanningSettings()) == ("USD", True, True)


def test_a_currency_is_three_letters_or_left_open() -> None:
    assert changed_settings(PlanningSettings(), {"currency": " eur "}).currency == "EUR"
    assert changed_settings(PlanningSettings(currency="EUR"), {"currency": ""}).currency == ""
    for wrong in ("euro", "E1R", "€"):
        with pytest.raises(BadValue, match="is no currency"):
            changed_settings(PlanningSettings(), {"currency": wrong})
