"""The difference between two loads of sales: what was added, removed and changed, the largest first."""

from sop_dash.core.data.difference import Difference, sales_differences
from tests.worlds import checked, sales_only


def frame(units):
    return checked(sales_only(units)).frames["sales"]


def test_changed_added_and_removed_months_are_listed_by_size():
    before = frame({"Lamps": [10, 20, 30], "Fans": [5]})
    now = frame({"Lamps": [10, 26, 30, 40]})
    listed, count = sales_differences(before, now, most=10)
    assert listed == (
        Difference(item="Lamps", month="2026-04", before=None, now=40.0),
        Difference(item="Lamps", month="2026-02", before=20.0, now=26.0),
        Difference(item="Fans", month="2026-01", before=5.0, now=None),
    )
    assert [one.change for one in listed] == [40.0, 6.0, -5.0]
    assert count == 3


def test_the_same_sales_do_not_differ():
    assert sales_differences(frame({"Lamps": [1, 2]}), frame({"Lamps": [1, 2]}), most=5) == ((), 0)


def test_the_list_is_bounded_and_the_count_is_not():
    listed, count = sales_differences(frame({"Lamps": [1] * 9}), frame({"Lamps": [2] * 9}), most=4)
    assert (len(listed), count) == (4, 9)
