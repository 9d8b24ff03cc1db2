"""What a decision card shows of a case: the few options worth comparing, and until when there is a choice."""

from collections.abc import Iterable
from math import isclose

from sop_dash.core.studies.case_options import Option
from sop_dash.core.studies.cases import Case

_MOST_OPTIONS = 3
_NOTHING, _EXTRA_HOURS = "do-nothing", "extra-hours"
_SAME = 5e-3


def card_options(case: Case) -> tuple[Option, ...]:
    """The recommended option first, the best other one that comes out differently, doing nothing last.

    Extra hours have no price in the data, so they are told by their break-even and not compared.
    """
    best = case.recommended
    others = [o for o in means_at_hand(case) if o is not best]
    nothing = doing_nothing(case)
    shown = [best]
    most = _MOST_OPTIONS - (best is not nothing)
    for option in sorted(others, key=lambda o: o.objective):
        if len(shown) < most and not any(_alike(option, known) for known in (*shown, nothing)):
            # Where several come out the same, the plainest of them is named: they stand in that order.
            shown.append(next(o for o in others if _alike(o, option)))
    return tuple(shown if best is nothing else (*shown, nothing))


def _alike(one: Option, other: Option) -> bool:
    """True when two options come out the same in everything a card shows."""
    return all(
        mine == theirs
        or (mine is not None and theirs is not None and isclose(mine, theirs, rel_tol=_SAME, abs_tol=1.0))
        for mine, theirs in (
            (one.margin_change, other.margin_change),
            (one.lost_units, other.lost_units),
            (one.stock_change_value, other.stock_change_value),
            (one.below_target_value, other.below_target_value),
        )
    )


def doing_nothing(case: Case) -> Option:
    """The option every other one is measured against."""
    return next(o for o in case.options if o.key == _NOTHING)


def means_at_hand(case: Case) -> list[Option]:
    """The options that do something with what there is, and help."""
    return [o for o in case.options if o.feasible and o.key not in (_NOTHING, _EXTRA_HOURS)]


def extra_hours(case: Case) -> Option | None:
    """More hours on the resource that is short; None where they come too late or a family is short."""
    return next((o for o in case.options if o.key == _EXTRA_HOURS and o.feasible), None)


def choose_by(case: Case) -> str | None:
    """Last month (`YYYY-MM`) in which the recommended option, else any other, can still be chosen; None without one."""
    if case.recommended.last_month is not None:
        return case.recommended.last_month
    return max((o.last_month for o in case.options if o.feasible and o.last_month is not None), default=None)


def named_options(cases: Iterable[Case]) -> dict[str, tuple[Case, Option]]:
    """Every option a card shows, by a name that stays the same while its gap does."""
    return {option_name(case, option): (case, option) for case in cases for option in card_options(case)}


def option_name(case: Case, option: Option) -> str:
    """Name of an option of a case."""
    return f"{case.months[0]} {option.key} {case.place}"
