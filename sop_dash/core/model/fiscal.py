"""Fiscal years over history and plan: which months are actual, which are planned, and the outlook as their sum."""

from dataclasses import dataclass

from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.periods import fiscal_year, fiscal_year_months, ordinal


@dataclass(frozen=True, kw_only=True)
class FiscalYear:
    """One fiscal year as far as history and horizon cover it.

    Args:
        year: Named by the calendar year in which it ends.
        first: Position of its first covered month in the calendar (history, then horizon).
        actual_months: Covered months that are closed.
        planned_months: Covered months that are planned.
    """

    year: int
    first: int
    actual_months: int
    planned_months: int

    @property
    def name(self) -> str:
        """`FY26`."""
        return f"FY{self.year % 100:02d}"

    @property
    def complete(self) -> bool:
        """True when all twelve months are known or planned."""
        return self.actual_months + self.planned_months == 12

    @property
    def covered(self) -> slice:
        """The positions of its covered months in the calendar [K]."""
        return slice(self.first, self.first + self.actual_months + self.planned_months)

    def parts(self, actual: Array, planned: Array) -> tuple[float, float]:
        """The closed and the planned part of the outlook of a monthly company series; a part with no month is 0.

        Args:
            actual: [H] closed months.
            planned: [T] planned months.
        """
        closed, months = self.first + self.actual_months, actual.size
        past = float(actual[self.first : closed].sum()) if self.actual_months else 0.0
        return past, float(planned[closed - months : self.covered.stop - months].sum())

    def outlook(self, actual: Array, planned: Array) -> float:
        """Actual to date + plan, from [H] closed and [T] planned months; unknown months make it unknown."""
        return sum(self.parts(actual, planned))


def fiscal_years(grain: Grain, first_month: int) -> tuple[FiscalYear, ...]:
    """Every fiscal year with at least one planned month, the current one first."""
    closed, known = len(grain.history), len(grain.calendar)
    start = ordinal(grain.calendar[0])
    found = []
    for year in range(fiscal_year(grain.cycle, first_month), fiscal_year(grain.horizon[-1], first_month) + 1):
        begins = ordinal(fiscal_year_months(year, first_month)[0]) - start
        first, end = max(begins, 0), min(begins + 12, known)
        actual = max(0, min(end, closed) - first)
        found.append(FiscalYear(year=year, first=first, actual_months=actual, planned_months=end - first - actual))
    return tuple(found)


def same_months_last_year(year: FiscalYear, actual: Array) -> float:
    """The sum of the same months a year earlier where all of them are closed; NaN otherwise.

    Args:
        year: The fiscal year compared with.
        actual: [H] closed months of a company series.
    """
    first, last = year.covered.start - 12, year.covered.stop - 12
    return float(actual[first:last].sum()) if first >= 0 and last <= actual.size else float("nan")


@dataclass(frozen=True, kw_only=True)
class FiscalQuarter:
    """One fiscal quarter as far as history and horizon cover it.

    Args:
        name: `Q4 FY26`.
        covered: Positions of its covered months in the calendar (history, then horizon).
        actual_months: Covered months that are closed.
    """

    name: str
    covered: slice
    actual_months: int


def quarter_name(month: str, first_month: int) -> str:
    """The fiscal quarter of a month (`Q4 FY26`); `first_month` is 1…12."""
    into_year = (ordinal(month) + 13 - first_month) % 12
    return f"Q{into_year // 3 + 1} FY{fiscal_year(month, first_month) % 100:02d}"


def fiscal_quarters(grain: Grain, first_month: int) -> tuple[FiscalQuarter, ...]:
    """Every fiscal quarter with at least one planned month, the current one first."""
    positions: dict[str, list[int]] = {}
    for position, month in enumerate(grain.calendar):
        positions.setdefault(quarter_name(month, first_month), []).append(position)
    closed = len(grain.history)
    return tuple(
        FiscalQuarter(
            name=name, covered=slice(found[0], found[-1] + 1), actual_months=sum(place < closed for place in found)
        )
        for name, found in positions.items()
        if found[-1] >= closed
    )


def closed_span(grain: Grain, first_month: int, *, year_to_date: bool) -> tuple[int, int]:
    """Position in the calendar and length of the last closed month, or of its fiscal year as far as it is closed.

    Args:
        grain: With at least one closed month; a year that began before the history counts from its start.
        first_month: First month of the fiscal year, 1…12.
        year_to_date: The year, not the month alone.
    """
    closed = len(grain.history)
    into_year = (ordinal(grain.history[-1]) + 13 - first_month) % 12 + 1
    months = min(into_year, closed) if year_to_date else 1
    return closed - months, months
