"""Approved plans in words and rows: key figures side by side, what moved, and which plan still stands."""

from dataclasses import replace

import numpy as np

from sop_dash.core.model.kpi import Unit
from sop_dash.core.plan.frozen_plan import FIGURES, FrozenKpi, FrozenPlan
from sop_dash.figures.version_tables import figure_kind, kpi_rows, month_rows, moved_words, state_sentence
from sop_dash.services.plan_versions import PlanState


def kpi(key: str, value: float | None, period: str = "Nov 26–Oct 27") -> FrozenKpi:
    return FrozenKpi(id=key, name=key.capitalize(), value=value, unit=Unit.RATIO, period=period, status="on plan")


def frozen(*kpis: FrozenKpi, more: float = 0.0) -> FrozenPlan:
    """Kettles and lamps in November and December; `more` is added to the lamps of December."""
    values = np.array([[100.0, 110.0], [50.0, 50.0 + more]])
    return FrozenPlan(
        months=("2026-11", "2026-12"),
        families=("Kettles", "Lamps"),
        figures={kind.key: values for kind in FIGURES},
        cash=np.zeros(2),
        kpis=kpis,
    )


def test_a_figure_is_compared_only_with_the_same_months() -> None:
    before = frozen(kpi("service", 0.95, "Nov 26–Oct 27, no month short"), kpi("cash-low", None))
    same = frozen(kpi("service", 0.97, "Nov 26–Oct 27, first short Dec 26"))
    later = frozen(kpi("service", 0.97, "Dec 26–Nov 27, no month short"))
    service, cash = kpi_rows(before, same, "USD")
    assert service[1:] == ("95.0\u00a0%", "97.0\u00a0%", "+2.0\u00a0pts")
    assert cash[1:] == ("–", "–", "–")
    assert kpi_rows(before, later, "USD")[0][3] == "other months: Dec 26–Nov 27"


def test_the_family_that_moved_most_is_named_with_its_month() -> None:
    kind = figure_kind("make_units")
    assert moved_words(frozen(), frozen(more=20.0), kind, "USD") == (
        "Production: 1\u00a0family differs; most of all Lamps +20 in Dec 26."
    )
    assert moved_words(frozen(), frozen(), kind, "USD") == "Production: no family differs from the plan approved."
    elsewhere = replace(frozen(), months=("2030-01", "2030-02"))
    assert "covers none of these months" in moved_words(frozen(), elsewhere, kind, "USD")


def test_units_have_no_total_row_money_has_and_stock_has_no_sum_over_months() -> None:
    rows, totals = month_rows(frozen(), frozen(more=20.0), figure_kind("make_units"), "change")
    assert [row["total"] for row in rows] == [0.0, 20.0]
    assert totals == []
    _, (total,) = month_rows(frozen(), frozen(), figure_kind("revenue_value"), "approved")
    assert (total["m0"], total["m1"], total["total"]) == (150.0, 160.0, 310.0)
    stock, _ = month_rows(frozen(), frozen(), figure_kind("inventory_value"), "now")
    assert "total" not in stock[0]


def test_the_state_of_a_plan_is_one_sentence() -> None:
    assert state_sentence(PlanState(cycle="2026-11")) == "Draft: nobody has approved this plan yet."
    said = PlanState(cycle="2026-11", by="Eve", at="2026-11-14T09:05:12+00:00", approved=True)
    assert state_sentence(said) == "Approved by Eve, 14\u00a0Nov 26, 09:05\u00a0UTC; nothing has changed since."
    assert state_sentence(replace(said, changes=("other data",))).endswith("UTC.")
    assert state_sentence(replace(said, approved=False, proposed=True)).startswith("Proposed by Eve")
