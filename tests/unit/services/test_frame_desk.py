"""What the frame offers: the positions a lever board starts from."""

import pytest

from tests.desk import desk
from tests.worlds import two_products_one_press


def test_outsourcing_starts_from_the_share_the_company_allows_so_that_none_can_be_asked_for(tmp_path):
    # Kettles may be outsourced up to 20 of the 150 units asked in every open month.
    assert desk(tmp_path).desk.choices().outsource_ratio == pytest.approx(20 / 150, abs=1e-3)


def test_a_company_that_may_not_outsource_starts_at_nothing(tmp_path):
    world = two_products_one_press(3)
    del world["supply_options"]
    assert desk(tmp_path, world).desk.choices().outsource_ratio == 0.0
