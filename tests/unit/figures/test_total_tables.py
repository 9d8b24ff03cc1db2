"""Targets on totals, written: the answer, its moves, and what each target becomes."""

from sop_dash.core.plan import plan
from sop_dash.core.studies.goal_seek import SoughtLever
from sop_dash.core.studies.totals import Reach, reach
from sop_dash.figures.total_tables import looked_at, move_rows, reach_told, total_rows
from tests.unit.core.plan.plan_worlds import prepared, press_company

# 100 hours a month, a tenth more in overtime; 100 and 150 asked for: 30 of 250 units are lost
PRESS = prepared(press_company(months=2, hours=100.0, overtime_max_ratio=0.1), [[100, 150]])
STANDS = {SoughtLever.COVER: 0.0, SoughtLever.OVERTIME: 0.1, SoughtLever.OUTSOURCE: 0.0}


def _asked(**targets: float) -> tuple[Reach, list]:
    base, named = plan(PRESS), {name.replace("_", "-"): value for name, value in targets.items()}
    return reach(PRESS, base, named, STANDS), [base.kpi(name) for name in named]


def test_the_moves_are_read_with_where_the_lever_stands() -> None:
    found, kpis = _asked(service=0.96)
    told = reach_told(found, kpis, "USD")
    assert told.asked == "What would it take for Service (plan) 96.00\u00a0%?"
    assert told.sentence == "1\u00a0move: it is the smallest that does."
    assert move_rows(found) == [("Overtime limit", "10.0\u00a0%", "20.0\u00a0%")]
    name, target, now, then, _ = total_rows(found, kpis, "USD")[0]
    assert (name, target, now) == ("Service (plan)", "at least 96.00\u00a0%", "88.00\u00a0%")
    assert then.startswith("✓ 96.")


def test_what_cannot_be_reached_says_so_and_names_what_is_full() -> None:
    found, kpis = _asked(margin_ahead=1e6)
    assert reach_told(found, kpis, "USD").sentence.startswith("It cannot be reached. The moves below come nearest.")
    assert total_rows(found, kpis, "USD")[0][3].startswith("✗ ")
    assert "Overtime limit 0.0\u00a0% to 50.0\u00a0%" in looked_at(found)


def test_a_target_that_is_met_needs_nothing() -> None:
    found, kpis = _asked(service=0.5)
    assert reach_told(found, kpis, "USD").sentence == "Nothing: the plan reaches it as it stands."
