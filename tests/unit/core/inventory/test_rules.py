"""One item under every rule, and its lots from all sides; checked against the formulas and a library."""

import numpy as np
import pytest
from stockpyl.eoq import economic_order_quantity_with_all_units_discounts, economic_production_quantity
from stockpyl.newsvendor import newsvendor_normal
from stockpyl.wagner_whitin import wagner_whitin

from sop_dash.core.inventory.item_lots import lots_of_item, price_break
from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy, item_policy
from sop_dash.core.inventory.rules import Rule, RuleOutcome, rules_of_item
from sop_dash.core.model.errors import BadValue
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.periods import DAYS_PER_MONTH
from sop_dash.core.model.planning_settings import PlanningSettings, SafetyStockRule
from tests import array_worlds as worlds

SETTINGS = PlanningSettings()
CARRYING, SHORTAGE = 0.2, 30.0


def one_item(**changed: object) -> ItemInputs:
    """An item of 100 a month at a cost of 60, one month of lead time, an order for 50."""
    grain = worlds.grain(families=("Kettles",), history=12, horizon=12)

    def one(value: float) -> np.ndarray:
        return np.array([value])

    fields = {
        "version": "v",
        "grain": grain,
        "skus": ("K1",),
        "names": ("Kettle",),
        "family": np.zeros(1, dtype=np.int64),
        "made": np.array([False]),
        "ended": np.array([False]),
        "demand_units": np.full((1, 12), 100.0),
        "on_hand_units": one(150.0),
        "blocked_units": one(0.0),
        "on_order_units": one(0.0),
        "backlog_units": one(0.0),
        "unit_cost": one(60.0),
        "unit_revenue": one(np.nan),
        "lead_time_days": one(DAYS_PER_MONTH),
        "lead_time_sd_days": one(0.0),
        "smallest_order": one(np.nan),
        "lot_multiple": one(np.nan),
        "order_cost": one(50.0),
        "shelf_life_months": one(np.nan),
        "months_left": one(np.inf),
        "safety_stock_in_force": one(40.0),
        "reorder_point_in_force": one(140.0),
    }
    return ItemInputs(**(fields | changed))  # type: ignore[arg-type]


def demand_of(monthly: float = 100.0) -> ItemDemand:
    """Errors of ±20 each month: a spread of exactly 20."""
    errors = np.tile(np.array([20.0, -20.0]), 4).reshape(8, 1, 1)
    return ItemDemand(ahead=np.full((1, 12), monthly), errors=errors, without_season=np.full((1, 12), monthly))


def policy_of(settings: PlanningSettings = SETTINGS, monthly: float = 100.0, **changed: object) -> ItemPolicy:
    return item_policy(one_item(**changed), demand_of(monthly), settings, CARRYING, np.array([SHORTAGE]))


def rules(settings: PlanningSettings = SETTINGS, monthly: float = 100.0, **changed: object) -> dict[Rule, RuleOutcome]:
    found = rules_of_item(
        policy_of(settings, monthly, **changed),
        0,
        demand_of(monthly),
        settings,
        carrying_ratio_per_year=CARRYING,
        shortage_value=SHORTAGE,
    )
    return {one.rule: one for one in found}


def test_the_rules_keep_what_their_formulas_say():
    found = rules()
    # σ = 20 over the month: 98 % is z = 2.0537, so 41.07; the stock in force of 40 is z = 2, so 97.72 %.
    assert found[Rule.CYCLE].safety_units == pytest.approx(41.07, abs=0.01)
    assert found[Rule.CYCLE].reorder_units == pytest.approx(141.07, abs=0.01)
    assert found[Rule.IN_FORCE].cycle_ratio == pytest.approx(0.9772, abs=1e-4)
    assert found[Rule.IN_FORCE].value == pytest.approx(2400.0)
    # 30 days of 100 a month of 30.4 days on average.
    assert found[Rule.COVER].safety_units == pytest.approx(30.0 / DAYS_PER_MONTH * 100.0)
    # The mean absolute error is 20 too: 1.2533 × 20 × 2.0537.
    assert found[Rule.CYCLE_MAD].safety_units == pytest.approx(1.2533 * 20.0 * 2.05375, abs=0.01)
    assert [rule for rule, one in found.items() if one.in_use] == [Rule.CYCLE]


def test_lead_times_that_move_with_demand_ask_for_more():
    # σ_L of a tenth of a month × 100 units = 10: √(20² + 10²) = 22.36 against 20 + 10 = 30.
    found = rules(lead_time_sd_days=np.array([DAYS_PER_MONTH / 10.0]))
    assert found[Rule.CYCLE].safety_units == pytest.approx(2.05375 * np.hypot(20.0, 10.0), abs=0.01)
    assert found[Rule.CYCLE_SHARED].safety_units == pytest.approx(2.05375 * 30.0, abs=0.01)


def test_each_fill_rate_gives_the_share_it_aims_at():
    found = rules()
    assert found[Rule.FILL_WAITING].fill_ratio == pytest.approx(0.98, abs=1e-6)
    assert found[Rule.FILL_LOST].safety_units < found[Rule.FILL_WAITING].safety_units


def test_the_rule_of_least_cost_weighs_stock_against_shortage():
    # 1 − hQ ÷ (bD) with h = 12, Q = √(2·1200·50 ÷ 12) = 100, b = 30, D = 1200: 1 − 1200 ÷ 36000 = 96.67 %.
    found = rules()
    assert found[Rule.LEAST_COST].aim == pytest.approx(1.0 - 1.0 / 30.0)
    kept = policy_of(PlanningSettings(safety_stock_rule=SafetyStockRule.LEAST_COST))
    assert kept.safety_stock == pytest.approx([found[Rule.LEAST_COST].safety_units])


def test_one_season_is_the_newsvendor_of_the_library():
    # Too much costs a month of holding, 60 × 0.2 ÷ 12 = 1; too little 30.
    level, cost = newsvendor_normal(holding_cost=1.0, stockout_cost=30.0, demand_mean=100.0, demand_sd=20.0)
    found = rules()[Rule.SEASON]
    assert found.reorder_units == pytest.approx(level, rel=1e-6)
    assert lots().season == pytest.approx(level, rel=1e-6)
    assert lots().season_cost == pytest.approx(cost, rel=1e-6)


def test_slow_movers_are_counted_one_by_one():
    found = rules(monthly=5.0)
    assert found[Rule.COUNTED].reorder_units == round(found[Rule.COUNTED].reorder_units)
    assert found[Rule.COUNTED].in_use
    assert Rule.COUNTED not in rules()


def test_an_item_without_a_lead_time_has_no_rule_but_still_an_answer():
    found = rules(lead_time_days=np.array([np.nan]))
    assert np.isnan(found[Rule.CYCLE].safety_units)
    assert np.isnan(found[Rule.CYCLE].fill_ratio)


def lots(**changed: object):
    terms = {"carrying_ratio_per_year": CARRYING, "output_a_year": 4800.0, "waiting_a_year": 36.0}
    return lots_of_item(policy_of(**changed), 0, demand_of(), shortage_value=SHORTAGE, **terms)


def test_lots_from_all_sides_agree_with_the_library():
    found = lots()
    assert found.economic == pytest.approx(100.0)
    made, _ = economic_production_quantity(50.0, 12.0, 1200.0, 4800.0)
    assert found.made == pytest.approx(made)
    # √(2DK(h + b) ÷ (hb)) = 100 · √(48 ÷ 36), and 12 ÷ 48 of the demand waits.
    assert found.waiting == pytest.approx(100.0 * np.sqrt(48.0 / 36.0))
    assert found.waiting_ratio == pytest.approx(0.25)
    assert found.practical_cost == pytest.approx(1200.0)
    assert found.rounding_factor == pytest.approx(1.0)
    orders, cost, _, _ = wagner_whitin(12, 1.0, 50.0, [100.0] * 12)
    assert found.by_month_cost == pytest.approx(cost)
    assert sum(units > 0.0 for units in found.by_month) == sum(units > 0.0 for units in orders)


def test_a_lot_in_multiples_costs_what_the_rounding_says():
    # 80 at a time instead of 100: (0.8 + 1.25) ÷ 2 = 1.025 of the least cost.
    found = lots(lot_multiple=np.array([80.0]), settings=PlanningSettings(largest_lot_days=30.0))
    assert found.practical == 80.0
    assert found.rounding_factor == pytest.approx(1.025)


def test_a_price_break_agrees_with_the_library():
    offer = price_break(policy_of(), 0, from_units=300.0, price=57.0, carrying_ratio_per_year=CARRYING)
    lot, _, cost = economic_order_quantity_with_all_units_discounts(50.0, 0.2, 1200.0, [0, 300], [60.0, 57.0])
    assert offer.lot == pytest.approx(lot)
    # At the plain price: 1200 × 60 + √(2 · 1200 · 50 · 12).
    assert offer.saving == pytest.approx(72_000.0 + 1200.0 - cost)


def test_a_poor_offer_saves_nothing_and_a_nonsense_one_is_refused():
    poor = price_break(policy_of(), 0, from_units=5000.0, price=59.9, carrying_ratio_per_year=CARRYING)
    assert (poor.saving, poor.lot) == (0.0, pytest.approx(100.0))
    with pytest.raises(BadValue, match="below the cost"):
        price_break(policy_of(), 0, from_units=300.0, price=61.0, carrying_ratio_per_year=CARRYING)
    unknown = policy_of(order_cost=np.array([np.nan]))
    with pytest.raises(BadValue, match="must be known"):
        price_break(unknown, 0, from_units=300.0, price=57.0, carrying_ratio_per_year=CARRYING)
