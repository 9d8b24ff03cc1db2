"""What the Cycle page says: where the month stands by the calendar, and what is still open at its gates."""

from collections.abc import Sequence
from datetime import date

from sop_dash.core.meeting.stages import StageDates
from sop_dash.figures.formats import day_in_words, listed, plural
from sop_dash.services.gates import Gate


def cycle_story(calendar: Sequence[StageDates], gates: Sequence[Gate], today: date) -> tuple[str, str]:
    """Where today falls in the cycle, then the open gates."""
    meeting = calendar[-1].last
    now = next((one for one in calendar if one.state(today) == "now"), None)
    if today > meeting:
        first = f"The executive meeting was due on {day_in_words(meeting)}; decisions are now followed up."
    elif now is not None:
        first = f"Today belongs to the {_in_sentence(now.stage.name)}, until {day_in_words(now.last)}."
    else:
        following = next(one for one in calendar if one.first > today)
        first = f"The {_in_sentence(following.stage.name)} begins on {day_in_words(following.first)}."
    missing = [gate.text for gate in gates if gate.met is False]
    if not missing:
        return first, "Every gate that can be told from the data is met."
    return first, f"{plural(len(missing), 'gate')} still open: {listed(missing)}."


def _in_sentence(name: str) -> str:
    """A stage's name inside a sentence: its first letter small, abbreviations kept."""
    return name[0].lower() + name[1:]
