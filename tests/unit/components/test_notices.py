"""Notices read aloud: the sentence is text, and the icon beside it says nothing of its own."""

from sop_dash.components.notices import notice


def test_the_icon_of_a_notice_is_silent_for_screen_readers():
    for refused, icon in ((False, "bi-check-circle"), (True, "bi-exclamation-triangle")):
        told = notice("Decision kept.", refused=refused)
        mark, sentence = told.header
        assert icon in mark.className
        assert mark.to_plotly_json()["props"]["aria-hidden"] == "true"
        assert sentence == "Decision kept."
        assert getattr(told, "icon", None) is None  # a toast's own icon is a picture without words


def test_only_refusals_stay_until_they_are_closed():
    assert notice("Kept.").duration == 4000
    assert getattr(notice("Not kept.", remedy="Try again.", refused=True), "duration", None) is None
