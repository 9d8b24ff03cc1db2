"""What the set-up assistant proposes to a company that knows its sales alone."""

from sop_dash.core.data.set_up import Asked, family_gaps
from tests.worlds import inputs, sales_only


def test_the_capacity_proposed_is_the_largest_month_of_the_last_two_years():
    units = [500.0] + [50.0] * 15 + [90.0] + [50.0] * 19  # 36 months: the largest three years ago, the next 20 months
    (lamps,) = family_gaps(inputs(sales_only({"Lamps": units})))
    assert lamps.proposed[Asked.CAPACITY] == 90.0
