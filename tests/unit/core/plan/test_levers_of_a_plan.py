"""What a lever may name and when it may act."""

import pytest

from sop_dash.core.model.errors import BadLever, UnknownKey
from sop_dash.core.model.levers import Change, ExtraHours, Levers, from_plain, to_plain
from sop_dash.core.model.records import Decision, DecisionCategory, Outcome
from sop_dash.core.plan import plan, prepare
from tests.unit.core.plan.plan_worlds import demand_of, prepared, press_company, settings


@pytest.fixture(scope="module")
def base():
    company = press_company(families=("Kettles", "Irons"), months=4, hours=300.0, capacity_lead_time_months=2.0)
    return prepared(company, [[100] * 4, [50] * 4], locked_months=1)


@pytest.mark.parametrize(
    "levers,name",
    [
        (Levers(demand=(Change(ratio=0.1, family="Kettle"),)), "Kettle"),
        (Levers(demand=(Change(ratio=0.1, category="Garden"),)), "Garden"),
        (Levers(price=(Change(ratio=0.1, channel="fax"),)), "fax"),
        (Levers(extra_hours=(ExtraHours(resources=("Lathe",), hours_per_month=1.0),)), "Lathe"),
    ],
)
def test_an_unknown_name_is_refused_with_the_known_ones(base, levers, name):
    with pytest.raises(UnknownKey, match=name) as refused:
        plan(base, levers)
    assert "Known:" in refused.value.sentence


@pytest.mark.parametrize("month", ["2026-11", "2026-01", "2027-03"])
def test_a_lever_is_refused_in_a_locked_month_and_outside_the_horizon(base, month):
    with pytest.raises(BadLever) as refused:
        plan(base, Levers(demand=(Change(ratio=0.1, from_month=month),)))
    assert refused.value.key == "from_month"


def test_extra_hours_cannot_stand_before_the_lead_time_of_the_resource(base):
    early = ExtraHours(resources=("Press",), hours_per_month=10.0, from_month="2026-12")
    with pytest.raises(BadLever, match="Jan 27"):
        plan(base, Levers(extra_hours=(early,)))
    hours = plan(base, Levers(extra_hours=(ExtraHours(resources=("Press",), hours_per_month=10.0),)))
    assert hours.supply.available_hours[0].tolist() == [300, 300, 310, 310]  # two months later


def test_a_value_out_of_range_is_refused_by_name(base):
    with pytest.raises(BadLever) as refused:
        plan(base, Levers(overtime_max_ratio=0.9))
    assert refused.value.key == "overtime_max_ratio"


def test_building_ahead_is_a_lever_that_is_written_read_and_refused_like_the_others():
    levers = Levers(build_ahead=False)
    assert from_plain(to_plain(levers)) == levers
    assert (levers.count, levers.moved, to_plain(Levers())) == (1, True, {})
    assert Levers(build_ahead=True).on_top_of(levers).build_ahead is True
    assert Levers().on_top_of(levers).build_ahead is False
    with pytest.raises(BadLever) as refused:
        from_plain({"build_ahead": "no"})
    assert refused.value.key == "build_ahead"


def test_a_family_outside_the_category_named_with_it_is_refused(base):
    assert plan(base, Levers(demand=(Change(ratio=0.1, category="Home", family="Irons"),))).levers.moved
    with pytest.raises(UnknownKey):
        plan(base, Levers(demand=(Change(ratio=0.1, category="Garden", family="Irons"),)))


def _decision(levers: Levers, **changed) -> Decision:
    values = {"outcome": Outcome.APPROVED, "in_plan": True, "levers": levers} | changed
    return Decision(id="DEC-001", text="Grow", category=DecisionCategory.DEMAND, owner="Sales", **values)


def _committed(*decisions: Decision) -> float:
    company = press_company(months=3)
    ready = prepare(company, demand_of(company.grain, [[100, 100, 100]]), decisions, settings(locked_months=1))
    return float(plan(ready).demand.committed.sum())


def test_the_plan_is_the_sum_of_its_approved_decisions():
    grow = Levers(demand=(Change(ratio=0.1),))
    assert _committed(_decision(grow)) == pytest.approx(320)  # 100 + 110 + 110
    assert _committed(_decision(grow, in_plan=False)) == pytest.approx(300)
    assert _committed(_decision(grow, outcome=Outcome.PENDING)) == pytest.approx(300)


def test_a_decision_of_an_earlier_cycle_acts_from_the_first_open_month():
    old = Levers(demand=(Change(ratio=0.1, from_month="2026-05"),))
    assert _committed(_decision(old)) == pytest.approx(320)


def test_own_levers_come_on_top_of_the_decisions_in_the_plan():
    company = press_company(months=2)
    grow = _decision(Levers(demand=(Change(ratio=0.1),)))
    ready = prepare(company, demand_of(company.grain, [[100, 100]]), (grow,), settings())
    more = plan(ready, Levers(demand=(Change(ratio=0.5),)))
    assert more.demand.committed.sum() == pytest.approx(330)  # 200 × 1.1 × 1.5


def test_the_market_follows_a_demand_lever_while_decisions_and_prices_shape_what_is_committed():
    """Consensus 100 a month; a decision adds 10 %, the lever 50 %; price +10 % loses 10 %."""
    company, grow = press_company(months=2), _decision(Levers(demand=(Change(ratio=0.1),)))
    ready = prepare(company, demand_of(company.grain, [[100, 100]]), (grow,), settings(price_elasticity=-1.0))
    moved = plan(ready, Levers(demand=(Change(ratio=0.5),), price=(Change(ratio=0.1),))).demand
    assert moved.consensus[0, 0, -1] == pytest.approx(100.0)
    assert moved.unconstrained[0, 0, -1] == pytest.approx(150.0)
    assert moved.committed[0, 0, -1] == pytest.approx(100.0 * 1.1 * 1.5 * 0.9)
    assert plan(ready).demand.unconstrained[0, 0, -1] == pytest.approx(100.0)


def test_a_decision_about_an_unknown_family_is_an_issue_not_a_failure():
    lost = _decision(Levers(demand=(Change(ratio=0.1, family="Radios"),)))
    company = press_company(months=2)
    ready = prepare(company, demand_of(company.grain, [[100, 100]]), (lost,), settings())
    assert [f.kind.code for f in ready.findings if f.table == "decisions"] == ["decision-not-applied"]
    assert plan(ready).demand.committed.sum() == pytest.approx(200)
