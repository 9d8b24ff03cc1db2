"""One look: every colour can be told from its ground, and style sheets and charts agree."""

import re
from pathlib import Path

import pytest

from sop_dash.core.model.kpi import Status
from sop_dash.figures.theme import SEQUENCE, STATUS_COLOUR, STATUS_MARK, TEMPLATE, Colour, faded, status_slug

TOKENS = (Path(__file__).parents[3] / "assets" / "10-tokens.css").read_text(encoding="utf-8")


def tokens(theme: str) -> dict[str, str]:
    """Colours of one theme by token; dark takes from light what it does not say itself."""
    blocks = dict(re.findall(r'\[data-bs-theme="(light|dark)"\] \{(.*?--sop-ground.*?)\n\}', TOKENS, re.DOTALL))

    def read(block: str) -> dict[str, str]:
        return dict(re.findall(r"(--sop-[\w-]+): (#[0-9a-f]{6});", block))

    return read(blocks["light"]) | (read(blocks["dark"]) if theme == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "text,ground",
    [
        ("text", "surface"),
        ("text", "ground"),
        ("text", "raised"),
        ("text", "sunken"),
        ("text", "warn-ground"),
        ("muted", "surface"),
        ("muted", "ground"),
        ("muted", "raised"),
        ("muted", "hover"),
        ("accent", "surface"),
        ("accent-text", "accent"),
        ("short-text", "surface"),
        ("menu-text", "menu"),
        ("heat-text", "heat-normal"),
        ("heat-text", "heat-high"),
        ("heat-text", "heat-over"),
        ("heat-faint", "heat-under"),
    ],
)
def test_text_can_be_read(theme, text, ground):
    colours = tokens(theme)
    assert contrast(colours[f"--sop-{text}"], colours[f"--sop-{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", sorted({*Colour, *SEQUENCE}))
def test_series_can_be_seen_on_both_grounds(theme, colour):
    assert contrast(colour, tokens(theme)["--sop-surface"]) >= 3.0


def test_charts_and_style_sheets_show_a_status_in_the_same_colour():
    light = tokens("light")
    for status in (Status.ON_PLAN, Status.WATCH, Status.ACT):
        assert light[f"--sop-{status_slug(status)}"] == STATUS_COLOUR[status]


def test_judged_statuses_differ_in_shape_and_in_colour_and_the_others_have_neither():
    judged = (Status.ON_PLAN, Status.WATCH, Status.ACT)
    assert len({STATUS_MARK[s] for s in judged}) == len({STATUS_COLOUR[s] for s in judged}) == 3
    others = set(Status) - set(judged)
    assert {STATUS_MARK[s] for s in others} == {""}
    assert {STATUS_COLOUR[s] for s in others} == {Colour.NEUTRAL}


def test_a_saved_picture_has_readable_text_of_its_own():
    layout = TEMPLATE["layout"]
    assert contrast(layout["font"]["color"], layout["paper_bgcolor"]) >= 4.5
    assert contrast(layout["hoverlabel"]["font"]["color"], layout["hoverlabel"]["bgcolor"]) >= 4.5


def test_a_faded_colour_keeps_its_hue():
    assert faded("#d55e00", 0.16) == "rgba(213,94,0,0.16)"
