"""The peak of Final Assembly 1 at the company that ships: explained and priced, and checked by planning again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sop_dash.core.model.levers import Levers
from sop_dash.core.plan import plan
from sop_dash.core.plan.run import problem_of
from sop_dash.core.studies.cases import CaseStudy
from sop_dash.core.studies.hours_worth import hours_worth
from sop_dash.core.studies.what_it_takes import what_it_takes
from sop_dash.core.supply.programme import SupplyProgramme
from sop_dash.factory import create_services
from sop_dash.figures.worth_tables import binding_told
from sop_dash.services.selection import Selection
from sop_dash.settings import read_settings
from tests.unit.core.supply.textbook import lost_units

LINE, PARTNER, PEAK = "Final Assembly 1", "Motor Winding", "2026-12"


@pytest.fixture(scope="module")
def shipped(shipped_home: Path):
    services = create_services(read_settings(shipped_home))
    return services.plans.view(Selection(), Levers())


def _spent_and_lost(problem, solution, price) -> float:
    """Money spent plus sales lost, added up here from the arrays alone."""
    make, stock = solution.make_units, solution.closing_units
    spent = (problem.unit_cost * make).sum() + (problem.outsource_unit_cost * solution.outsource_units).sum()
    spent += (problem.overtime_premium_per_hour[:, None] * solution.overtime_hours).sum()
    spent += (problem.holding_cost[:, None] * stock).sum()
    return float(spent + (price * solution.lost_units).sum())


def _with_hours(problem, added):
    """The problem with more regular hours; overtime stays as many hours as it was."""
    hours = problem.available_hours + added
    overtime = problem.overtime_max_ratio * problem.available_hours
    return replace(problem, available_hours=hours, overtime_max_ratio=overtime / hours)


def test_the_peak_is_found_and_its_hours_are_worth_what_a_fresh_plan_says(shipped):
    grain, prepared = shipped.plan.grain, shipped.prepared
    found = hours_worth(prepared, shipped.plan)
    row, month = grain.resources.index(LINE), grain.horizon.index(PEAK)
    assert {(peak.resource, PEAK in peak.months) for peak in found.peaks[:2]} == {(LINE, True), (PARTNER, True)}
    problem = problem_of(prepared, Levers())
    added = np.zeros_like(problem.available_hours)
    added[row, month] = 100.0
    better = _with_hours(problem, added)
    fresh = SupplyProgramme(better)
    demand, price = shipped.plan.demand.committed, shipped.plan.money.price
    mean_price = (demand * price).sum(axis=1) / demand.sum(axis=1)
    before = _spent_and_lost(problem, SupplyProgramme(problem).solve(problem), mean_price)
    worth = before - _spent_and_lost(better, fresh.solve(better), mean_price)
    # No warehouse, lane or material is short in this plan, so these four costs are all the money there is.
    assert found.value[row, month] == pytest.approx(worth, rel=1e-3, abs=50.0)


def test_the_words_name_the_peak_its_relief_and_what_comes_next(shipped):
    told = binding_told(hours_worth(shipped.prepared, shipped.plan), "USD")
    first = next(one for one in told if one.asked.startswith(LINE))
    assert "Dec 26" in first.asked
    assert f"{LINE} and {PARTNER} bind together" in first.sentence
    assert f"on {LINE} alone" in first.sentence
    assert f"on {PARTNER} alone" in first.sentence
    assert first.sentence.endswith(("one alone brings next to nothing.", "both bring more than the two apart."))


def test_the_pair_that_binds_in_the_peak_binds_in_a_textbook_model_too(shipped):
    problem, months = problem_of(shipped.prepared, Levers()), shipped.plan.grain.horizon
    rows = [shipped.plan.grain.resources.index(name) for name in (LINE, PARTNER)]

    def lost(*more: int) -> float:
        added = np.zeros_like(problem.available_hours)
        added[list(more), months.index(PEAK)] = 100.0
        return lost_units(_with_hours(problem, added))

    # Blenders are what is short: a tenth of an hour on the line, so that 100 hours there make up to 1,000 of them,
    # but each takes 0.045 hours of winding as well, of which none is left; and more winding finds no hour on the line.
    now = lost()
    alone = [now - lost(row) for row in rows]
    both = now - lost(*rows)
    assert both > 0.95 * 100.0 / 0.1
    assert sum(alone) < 0.5 * both
    shown = next(p for p in hours_worth(shipped.prepared, shipped.plan).peaks if p.resource == LINE).companion
    assert (shown.resource, shown.bind_together) == (PARTNER, True)
    apart = shown.bottleneck_alone + shown.companion_alone
    assert shown.together > max(apart, shown.bottleneck_alone, shown.companion_alone, 0.0)


def test_the_hours_on_the_list_serve_all_that_can_still_be_served(shipped):
    grain, prepared = shipped.plan.grain, shipped.prepared
    everyone = np.ones(len(grain.families), dtype=bool)
    found = what_it_takes(prepared, shipped.plan, everyone, 1.0)
    assert {(one.place, one.month) for one in found.needed} == {(LINE, PEAK), (PARTNER, PEAK)}
    problem = problem_of(prepared, Levers())
    added = np.zeros_like(problem.available_hours)
    for one in found.needed:
        added[grain.resources.index(one.place), grain.horizon.index(one.month)] += one.amount
    better = _with_hours(problem, added)
    lost = SupplyProgramme(better).solve(better).lost_units
    assert lost[:, prepared.locked_months :].sum() < 1e-3 * shipped.plan.supply.lost.sum()
    short = _with_hours(problem, 0.95 * added)
    assert SupplyProgramme(short).solve(short).lost_units[:, prepared.locked_months :].sum() > 100.0


def test_the_options_of_the_peak_are_whole_plans_under_their_levers(shipped):
    case = CaseStudy(shipped.prepared, shipped.plan).named(LINE, PEAK)
    assert case is not None
    options = {option.key: option for option in case.options}
    without = plan(shipped.prepared, Levers(outsource_max_ratio=0.0, build_ahead=False))
    families = [shipped.plan.grain.families.index(name) for name in case.families]
    lost = without.supply.lost[families] * without.money.price[families]
    # The window of this gap ends before the next one begins; later months serve everything.
    assert options["overtime"].lost_value == pytest.approx(float(lost.sum()), rel=1e-6)
    # December is the first month that can change, so nothing can be built ahead of it: its own plan recovers nothing.
    assert not options["build-ahead"].feasible
    assert options["build-ahead"].spent.covered_units == pytest.approx(0.0, abs=1.0)
    assert options["build-ahead"].reason == "No month that can still be changed lies before Dec 26."
    assert all(option.spent.covered_units >= -1.0 for option in options.values())
    assert case.recommended.key == "best-mix"
    costs = [option.total_cost for option in options.values() if option.feasible and option.total_cost is not None]
    assert options["best-mix"].total_cost == min(costs)
