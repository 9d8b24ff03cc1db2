"""Upside and downside come from the family's own errors, from named drivers, or flat."""

import numpy as np
import pytest

from sop_dash.core.plan import prepare
from sop_dash.core.plan.demand_cases import CaseWay, demand_cases
from sop_dash.core.plan.demand_lines import demand_lines
from tests.worlds import inputs, sales_only

RISKS = [
    {"id": "R", "text": "Strike", "kind": "risk", "value": -200.0, "probability_ratio": 0.3, "month": "2029-02"},
    {"id": "O", "text": "Chain", "kind": "opportunity", "value": 500.0, "probability_ratio": 0.3, "month": "2029-03"},
    {"id": "C", "text": "Past", "kind": "risk", "value": -900.0, "probability_ratio": 0.3, "status": "closed"},
]
BOTH = np.array([True, True])
KETTLES = np.array([True, False])


def cases(way: CaseWay, families=BOTH, *, in_money: bool = True):
    """Kettles and Lamps wander around 100 and 50 a month at 10 each; families have a tenth of noise."""
    rng = np.random.default_rng(3)
    units = {name: (level * (1.0 + rng.normal(0.0, 0.1, 36))).tolist() for name, level in (("K", 100.0), ("L", 50.0))}
    prepared = prepare(inputs({**sales_only(units, price=10.0), "risks": RISKS}, horizon_months=3))
    lines = demand_lines(prepared, prepared.consensus.units, families, np.array([True]), in_money=in_money)
    return demand_cases(prepared, lines, families, way)


def test_flat_is_fifteen_percent_of_every_month():
    found = cases(CaseWay.FLAT)
    np.testing.assert_allclose(found.upside, 1.15 * found.base)
    np.testing.assert_allclose(found.downside, 0.85 * found.base)


def test_named_drivers_happen_at_full_money_in_their_month_and_closed_ones_do_not():
    found = cases(CaseWay.DRIVERS)
    assert (found.upside - found.base).tolist() == pytest.approx([0.0, 0.0, 500.0])
    assert (found.downside - found.base).tolist() == pytest.approx([0.0, -200.0, 0.0])
    assert [risk.id for risk in found.drivers] == ["O", "R"] or [risk.id for risk in found.drivers] == ["R", "O"]


def test_drivers_of_the_company_say_nothing_of_one_family():
    found = cases(CaseWay.DRIVERS, KETTLES)
    assert found.drivers == ()
    np.testing.assert_array_equal(found.upside, found.base)


def test_a_calm_family_has_a_narrower_upside_than_a_wild_one():
    rng = np.random.default_rng(4)
    units = {name: (100.0 * (1.0 + rng.normal(0.0, error, 48))).tolist() for name, error in (("K", 0.02), ("L", 0.2))}
    prepared = prepare(inputs(sales_only(units, price=10.0), horizon_months=3))
    widths = {}
    for way in (CaseWay.FLAT, CaseWay.ERRORS):
        for family, chosen in (("K", KETTLES), ("L", ~KETTLES)):
            lines = demand_lines(prepared, prepared.consensus.units, chosen, np.array([True]), in_money=False)
            found = demand_cases(prepared, lines, chosen, way)
            widths[way, family] = float(((found.upside - found.downside) / found.base).mean())
    assert [widths[CaseWay.FLAT, family] for family in "KL"] == pytest.approx([0.30, 0.30])
    assert widths[CaseWay.ERRORS, "L"] > 4.0 * widths[CaseWay.ERRORS, "K"]


def test_own_errors_are_wider_for_the_family_alone_than_its_share_of_the_total():
    alone, total = cases(CaseWay.ERRORS, KETTLES), cases(CaseWay.ERRORS)
    assert (alone.downside < alone.base).all()
    assert (alone.upside > alone.base).all()
    assert (total.upside / total.base).mean() < (alone.upside / alone.base).mean()
