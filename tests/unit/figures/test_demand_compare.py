"""The demand plan held against others, where little is known."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sop_dash.components.data_grid import plain_row
from sop_dash.core.demand.baseline import Bands
from sop_dash.core.model.levers import Levers
from sop_dash.core.plan.demand_cases import CaseWay, demand_cases
from sop_dash.figures.demand_charts import lines_of
from sop_dash.figures.demand_compare import cases_rows, cases_words
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.worlds import sales_only


@pytest.mark.filterwarnings("error")
def test_cases_without_a_known_range_are_said_and_left_empty(tmp_path: Path):
    services = desk(tmp_path, sales_only({"Lamps": [40.0] * 2, "Fans": [10.0] * 2}, price=5.0))
    view = services.plans.view(Selection(), Levers())
    unknown = Bands(**dict.fromkeys(("lo80", "hi80", "lo95", "hi95"), np.full(18, np.nan)))
    lines = replace(lines_of(view), bands=unknown)
    cases = demand_cases(view.prepared, lines, view.families, CaseWay.ERRORS)
    assert cases_words(view, lines, cases, CaseWay.ERRORS) == "no range is known"
    first = plain_row(cases_rows(view, cases)[0])
    assert (first["upside"], first["down"]) == (None, None)
    assert first["base"] == pytest.approx(250.0)  # 40 × 5 + 10 × 5
