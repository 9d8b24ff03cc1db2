"""The difference between two loads of sales: what was added, removed and changed, the largest first."""

from sop_dash.core.data.difference import Change, Difference, Part, SalesDifference, sales_differences
from tests.worlds import checked, sales_only


def frame(units):
    return checked(sales_only(units)).frames["sales"]


def test_changed_added_and_removed_months_are_listed_by_size():
    before = frame({"Lamps": [10, 20, 30], "Fans": [5]})
    now = frame({"Lamps": [10, 26, 30, 40]})
    found = sales_differences(before, now, most=10)
    listed, count = found.listed, found.count
    assert listed == (
        Difference(item="Lamps", month="2026-04", kind=Change.NEW_MONTH, before=None, now=40.0),
        Difference(item="Lamps", month="2026-02", kind=Change.CHANGED, before=20.0, now=26.0),
        Difference(item="Fans", month="2026-01", kind=Change.ITEM_GONE, before=5.0, now=None),
    )
    assert [one.change for one in listed] == [40.0, 6.0, -5.0]
    assert count == 3


def test_the_same_sales_do_not_differ():
    assert sales_differences(frame({"Lamps": [1, 2]}), frame({"Lamps": [1, 2]}), most=5) == SalesDifference()


def test_the_list_is_bounded_and_the_count_is_not():
    found = sales_differences(frame({"Lamps": [1] * 9}), frame({"Lamps": [2] * 9}), most=4)
    assert (len(found.listed), found.count) == (4, 9)


def test_a_price_that_changed_differs_in_money_alone():
    before = checked(sales_only({"Lamps": [10, 20]}, price=5.0)).frames["sales"]
    now = checked(sales_only({"Lamps": [10, 20]}, price=6.0)).frames["sales"]
    found = sales_differences(before, now, most=10)
    listed, count = found.listed, found.count
    assert count == 2
    assert [(one.month, one.change, one.change_value) for one in listed] == [
        ("2026-02", 0.0, 20.0),  # 20 × (6 − 5)
        ("2026-01", 0.0, 10.0),
    ]


def test_money_ranks_where_both_loads_know_it():
    before = checked(sales_only({"Lamps": [10, 10]}, price=5.0)).frames["sales"]
    now = before.copy()
    now["units"] = [110.0, 12.0]
    now["net_revenue"] = [51.0, 950.0]  # many units of little money, few of much
    listed = sales_differences(before, now, most=10).listed
    assert [(one.month, one.change_value) for one in listed] == [("2026-02", 900.0), ("2026-01", 1.0)]


def test_revenue_that_only_one_load_knows_is_unknown_and_no_difference_of_its_own():
    before = frame({"Lamps": [10, 20]})
    now = checked(sales_only({"Lamps": [10, 21, 7]}, price=5.0)).frames["sales"]
    found = sales_differences(before, now, most=10)
    listed, count = found.listed, found.count
    assert count == 2
    assert [(one.month, one.change, one.change_value) for one in listed] == [
        ("2026-03", 7.0, 35.0),  # a month that is new: nothing sold before, 7 × 5 now
        ("2026-02", 1.0, None),
    ]


def test_what_is_new_and_gone_is_named_with_its_money_and_the_parts_make_up_the_whole():
    before = checked(sales_only({"Lamps": [10, 20], "Fans": [5, 5]}, price=2.0)).frames["sales"]
    now = checked(sales_only({"Lamps": [30, 40], "Mixers": [7, 8]}, first="2026-02", price=2.0)).frames["sales"]
    assert sales_differences(before, now, most=10).parts == (
        Part(kind=Change.NEW_ITEM, names=("Mixers",), count=2, units=15.0, value=30.0),
        Part(kind=Change.ITEM_GONE, names=("Fans",), count=2, units=-10.0, value=-20.0),
        Part(kind=Change.NEW_MONTH, names=("2026-03",), count=1, units=40.0, value=80.0),
        Part(kind=Change.MONTH_GONE, names=("2026-01",), count=1, units=-10.0, value=-20.0),
        Part(kind=Change.CHANGED, names=(), count=1, units=10.0, value=20.0),
    )  # 85 units now less 40 before are 45; 170 less 80 are 90


def test_money_of_a_part_is_unknown_where_some_of_it_is():
    before = frame({"Lamps": [10]})
    now = checked(sales_only({"Lamps": [12], "Fans": [3]}, price=5.0)).frames["sales"]
    assert [part.value for part in sales_differences(before, now, most=5).parts] == [15.0, None]
