"""Questions with their answers, as a list that is read out in pairs.

answers([Told(asked="What binds?", sentence="Final Assembly 1 binds in Dec 26.")])
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from sop_dash.figures.storyline.supply import Told


def answers(told: Sequence[Told]) -> list[Component]:
    """What is asked, and the sentence that answers it."""
    return [html.Dl([piece for one in told for piece in (html.Dt(one.asked), html.Dd(one.sentence))])]
