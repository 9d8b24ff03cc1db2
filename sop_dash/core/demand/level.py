"""Level and band width of histories too short, or too still, for a model: under twelve months, constant, all zero."""

import numpy as np

from sop_dash.core.model.arrays import Array

_GAIN = 0.4
_FEWEST_FOR_SMOOTHING = 4
_USUAL_SPREAD_RATIO = 0.3
_STILL_SPREAD_RATIO = 0.02
_WORTH_OF_USUAL_MONTHS = 6.0


def smoothed_level(history: Array) -> tuple[float, float]:
    """Expected demand a month, and the width scale of its band, of one history of at least one month, no gaps.

    From four months on the level is smoothed (gain 0.4 from the mean of all months), before that it is their mean. The
    spread of the months is blended with the usual 30 % of the level, which counts as six months. A constant history
    gets 2 % of its level; all zero gets no width, because nothing says how large a sale would be.
    """
    level = float(history.mean())
    if len(history) > 2 and np.all(history == history[0]):
        return level, _STILL_SPREAD_RATIO * abs(level)
    spread = float(history.std())
    if len(history) >= _FEWEST_FOR_SMOOTHING:
        for value in history:
            level += _GAIN * (float(value) - level)
    own = len(history) / (len(history) + _WORTH_OF_USUAL_MONTHS)
    return level, own * spread + (1.0 - own) * _USUAL_SPREAD_RATIO * float(np.abs(history).mean())
