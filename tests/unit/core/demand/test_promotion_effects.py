"""What promotions of every year lean on: what was expected of them, else what other promotions did."""

import numpy as np
import pytest

from sop_dash.core.demand.drivers import Drivers, EventEffect
from sop_dash.core.demand.promotion_effects import anchors
from sop_dash.core.model.outlook import Event


def effect(family, month, ratio, *, every_year=False, expected=None, kind="promotion"):
    event = Event(
        family=family, kind=kind, first_month=month, last_month=month, description="", expected_ratio=expected
    )
    return EventEffect(event=event, ratio=ratio, low=0.0, high=0.0, log_error=0.1, every_year=every_year)


def of(*effects):
    return Drivers(effects=effects)


SEPTEMBERS = [effect("Kettles", f"202{y}-09", 0.0, every_year=True, expected=0.15) for y in (3, 4)]


def test_what_the_owner_expected_is_the_anchor():
    (anchor,) = anchors([of(*SEPTEMBERS)], {})
    assert anchor.log_ratio == pytest.approx(np.log(1.15))
    assert list(anchor.parts.values()) == [1.0, 1.0]


def test_more_units_sold_under_promotion_make_a_larger_part():
    shares = dict(zip([e.event for e in SEPTEMBERS], (0.3, 0.1), strict=True))
    (anchor,) = anchors([of(*SEPTEMBERS)], shares)
    assert list(anchor.parts.values()) == pytest.approx([1.5, 0.5])  # over the mean of 0.2


def test_without_an_expectation_other_promotions_are_the_anchor():
    silent = effect("Kettles", "2024-09", 0.0, every_year=True)
    other = effect("Lamps", "2024-03", 0.10)
    competitor = effect("Lamps", "2024-06", -0.30, kind="competitor")
    anchor, none = anchors([of(silent), of(other, competitor)], {})
    assert anchor.log_ratio == pytest.approx(np.log(1.10))
    assert none is None


def test_where_nothing_is_known_there_is_no_anchor():
    assert anchors([of(effect("Kettles", "2024-09", 0.0, every_year=True)), of()], {}) == (None, None)
