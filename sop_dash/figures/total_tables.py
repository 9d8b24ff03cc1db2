"""What it would take to reach targets on totals, written: the answer in a sentence, the moves and the targets."""

from collections.abc import Sequence

from sop_dash.core.model.kpi import Kpi, Unit
from sop_dash.core.studies.goal_seek import SoughtLever
from sop_dash.core.studies.totals import Dial, Reach, Total
from sop_dash.figures.formats import listed, number, percent, plural, written
from sop_dash.figures.storyline.supply import Told

MOVE_HEADS = ("Move", "From", "To")
TOTAL_HEADS = ("Figure", "Target", "Now", "Then", "Best alone")


def reach_told(found: Reach, kpis: Sequence[Kpi], currency: str) -> Told:
    """The answer in a sentence; `kpis` are those of the targets, in their order."""
    wanted = [f"{kpi.definition.name} {_value(total.target, kpi, currency)}" for total, kpi in _pairs(found, kpis)]
    asked = f"What would it take for {listed(wanted)}?"
    if not found.known:
        unknown = [kpi.definition.name for total, kpi in _pairs(found, kpis) if total.now is None]
        verb = "is" if len(unknown) == 1 else "are"
        return Told(asked=asked, sentence=f"{listed(unknown)} {verb} not known, so nothing can be sought.")
    if found.reached and not found.moves:
        return Told(asked=asked, sentence="Nothing: the plan reaches it as it stands.")
    if found.reached:
        moves = len(found.moves)
        needed = "it is the smallest that does" if moves == 1 else "none can be left out or be smaller"
        return Told(asked=asked, sentence=f"{plural(moves, 'move')}: {needed}.")
    return Told(asked=asked, sentence=f"It cannot be reached{_together(found)}. {_nearest(found)}{_binding(found)}")


def _together(found: Reach) -> str:
    """Whether each target could be reached by itself."""
    several = len(found.totals) > 1 and all(total.met_alone for total in found.totals)
    return " together, only each by itself" if several else ""


def _nearest(found: Reach) -> str:
    return "The moves below come nearest." if found.moves else "No move comes nearer than the plan as it stands."


def _binding(found: Reach) -> str:
    if not found.full:
        return ""
    verb = "has" if len(found.full) == 1 else "have"
    return f" {listed(found.full)} still {verb} a month without an hour left."


def move_rows(found: Reach) -> list[tuple[str, str, str]]:
    """One row a move: what is moved, from where, to where."""
    return [(_name(move.dial), _place(move.dial, move.dial.stand), _place(move.dial, move.to)) for move in found.moves]


def _name(dial: Dial) -> str:
    words = {
        SoughtLever.COVER: "Stock cover",
        SoughtLever.OVERTIME: "Overtime limit",
        SoughtLever.OUTSOURCE: "Outsourcing limit",
    }
    return words.get(dial.lever, f"Extra hours, {dial.resource}")


def _place(dial: Dial, at: float) -> str:
    if dial.lever is SoughtLever.COVER:
        return f"{number(at, 1)} days"
    if dial.lever is SoughtLever.HOURS:
        return f"{number(at)} h a month"
    return percent(at)


def total_rows(found: Reach, kpis: Sequence[Kpi], currency: str) -> list[tuple[str, str, str, str, str]]:
    """One row a target: what is asked, what there is, what there will be, and the best by itself."""
    return [
        (
            kpi.definition.name,
            ("at most " if total.at_most else "at least ") + _value(total.target, kpi, currency),
            _value(total.now, kpi, currency),
            ("✓ " if total.met else "✗ ") + _value(total.then, kpi, currency),
            _value(total.best, kpi, currency),
        )
        for total, kpi in _pairs(found, kpis)
    ]


def looked_at(found: Reach) -> str:
    """Between which places was looked."""
    ends = [f"{_name(dial)} {_place(dial, dial.low)} to {_place(dial, dial.high)}" for dial in found.dials]
    return f"Looked at: {'; '.join(ends)}."


def _pairs(found: Reach, kpis: Sequence[Kpi]) -> list[tuple[Total, Kpi]]:
    return list(zip(found.totals, kpis, strict=True))


def _value(value: float | None, kpi: Kpi, currency: str) -> str:
    if kpi.definition.unit is Unit.RATIO:
        return percent(value, 2)
    return written(value, kpi.definition.unit, currency)
