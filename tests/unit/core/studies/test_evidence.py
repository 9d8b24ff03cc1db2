"""The evidence of a case: hours asked against hours there are, month by month."""

import numpy as np
import pytest

from sop_dash.core.model.levers import Change, Levers
from sop_dash.core.plan import plan, prepare
from sop_dash.core.studies.cases import cases
from sop_dash.core.studies.evidence import evidence
from tests.unit.core.plan.plan_worlds import prepared, press_company
from tests.worlds import inputs, two_products_one_press


def test_regular_hours_and_overtime_of_the_press_are_the_hours_of_the_plan():
    ready = prepare(inputs(two_products_one_press(), horizon_months=12))
    result = plan(ready, Levers(demand=(Change(ratio=0.5),)))
    case = cases(ready, result)[0]
    assert (case.place, case.is_resource) == ("Press", True)
    found = evidence(ready, result, case)
    assert found.regular + found.beyond == pytest.approx(result.supply.hours_used[0])
    assert found.limit == pytest.approx(np.full(12, 100.0))
    assert found.regular.max() <= 100.0 + 1e-6
    # from the second open month on 225 kettles and 60 lamps ask for 142.5 hours, and stock targets hardly move
    assert np.median(found.asked) == pytest.approx(142.5, rel=0.02)


def test_a_short_family_shows_demand_served_and_not_served():
    company = press_company(made=(False,), months=4, hours_per_unit=0.0)
    company.supply.lead_time_months[:] = 2.0  # nothing arrives in the first two months
    ready = prepared(company, [[50, 50, 50, 50]])
    result = plan(ready)
    found = evidence(ready, result, cases(ready, result)[0])
    assert found.asked.tolist() == [50, 50, 50, 50]
    assert found.regular == pytest.approx([0, 0, 50, 50])
    assert found.beyond == pytest.approx([50, 50, 0, 0])
    assert found.limit == pytest.approx(result.supply.closing[0])
