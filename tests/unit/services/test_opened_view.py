"""An address opened on the data in use: what cannot be shown is left out and named."""

from sop_dash.core.model.levers import Change, ExtraHours, Levers
from sop_dash.services.selection import Selection
from tests.desk import desk
from tests.worlds import two_products_one_press


def test_each_change_of_an_address_is_judged_by_itself(tmp_path):
    view = desk(tmp_path, two_products_one_press(3)).desk.opened(
        Selection(family="Radios", channel="web"),
        {
            "demand": [{"ratio": 0.1, "family": "Kettles"}, {"ratio": 0.1, "family": "Radios"}, {"ratio": 9}],
            "extra_hours": [{"resources": ["Press"], "hours_per_month": 10}],
            "cover_days": -3,
            "fax": 1,
        },
    )
    assert view.levers == Levers(
        demand=(Change(ratio=0.1, family="Kettles"),),
        extra_hours=(ExtraHours(resources=("Press",), hours_per_month=10.0),),
    )
    assert view.selection == Selection(channel="web")
    assert view.left_out == (
        "There is no family “Radios” to select here.",
        "There is no family called “Radios” in this data load.",
        "“demand.ratio” is 9; it must lie between -0.5 and 1.",
        "“cover_days” is -3; it must lie between 0 and 180.",
        "“fax” is not a lever.",
    )


def test_an_address_that_asks_for_what_there_is_leaves_nothing_out(tmp_path):
    levers = {"demand": [{"ratio": 0.1}, {"ratio": 0.2}], "lead_time_extra_months": 1}
    view = desk(tmp_path, two_products_one_press(3)).desk.opened(Selection(family="Kettles"), levers)
    assert (view.left_out, view.selection.family) == ((), "Kettles")
    assert view.levers == Levers(demand=(Change(ratio=0.1), Change(ratio=0.2)), lead_time_extra_months=1)


def test_what_is_no_list_of_levers_is_named(tmp_path):
    view = desk(tmp_path, two_products_one_press(3)).desk.opened(Selection(), "cover")
    assert (view.levers, view.left_out) == (Levers(), ("The levers cannot be read.",))
