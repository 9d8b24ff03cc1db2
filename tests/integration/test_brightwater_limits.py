"""The shipped company against its limits besides hours, and its whole supply programme against a textbook model."""

from dataclasses import replace

import numpy as np
import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.plan import Prepared, plan, prepare
from sop_dash.core.plan.limit_uses import MATERIAL, WAREHOUSE, limit_uses
from sop_dash.core.plan.run import problem_of
from sop_dash.core.supply.costs import costs_of
from sop_dash.core.supply.programme import SupplyProgramme
from tests.integration.test_import_brightwater import plan_inputs
from tests.unit.core.supply.textbook import least_cost

MORE = Levers(demand=(Change(ratio=0.10),))


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(plan_inputs())


def test_the_programme_costs_what_the_textbook_model_says(prepared: Prepared) -> None:
    problem = problem_of(prepared, MORE)
    found = SupplyProgramme(problem, tie_break_ratio=0.0).solve(problem)
    assert costs_of(problem, found).total == pytest.approx(least_cost(problem), rel=1e-7)


def test_the_warehouse_limits_what_is_built_ahead_of_the_next_autumn(prepared: Prepared) -> None:
    problem = problem_of(prepared, MORE)
    assert problem.warehouse is not None
    tight = SupplyProgramme(problem).solve(problem)
    use = next(one for one in limit_uses(prepared.inputs, problem, tight) if one.kind == WAREHOUSE)
    full = [prepared.inputs.grain.horizon[month] for month in np.flatnonzero(use.full)]
    assert "2027-10" in full
    assert tight.duals is not None
    assert tight.duals.space is not None
    assert tight.duals.space[use.full].max() > 0.0
    wide = replace(problem, warehouse=replace(problem.warehouse, capacity=2.0 * problem.warehouse.capacity))
    before_peak = prepared.inputs.grain.horizon.index("2027-09")
    space = problem.warehouse.space_per_unit
    roomy = SupplyProgramme(wide).solve(wide)
    built = slice(before_peak, before_peak + 2)
    assert (space @ roomy.closing_units[:, built]).sum() > (space @ tight.closing_units[:, built]).sum()
    assert costs_of(wide, roomy).total < costs_of(problem, tight).total


def test_two_families_stay_within_their_materials(prepared: Prepared) -> None:
    problem = problem_of(prepared, MORE)
    found = prepared.programme.solve(problem)
    uses = [one for one in limit_uses(prepared.inputs, problem, found) if one.kind == MATERIAL]
    assert {family for one in uses for family in one.families} == {"Smart Displays", "Air Purifiers"}
    assert all((one.over[prepared.locked_months :] == 0.0).all() for one in uses)


def test_every_figure_ties_with_the_limits_in_force(prepared: Prepared) -> None:
    for levers in (Levers(), MORE):
        result = plan(prepared, levers)
        assert all(identity.holds for identity in result.identities)
        assert len(result.identities) == 19  # two of them of space and transport, one of the costs the planner weighs
        assert not result.solver.fallback
