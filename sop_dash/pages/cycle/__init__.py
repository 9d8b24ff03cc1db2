"""Cycle: the stages of the month with their dates, gates, people and questions, each with the way to its page."""

from sop_dash.components.page import Page
from sop_dash.pages.cycle.callbacks import register
from sop_dash.pages.cycle.layout import layout

PAGE = Page(
    id="cycle",
    path="/cycle",
    title="Cycle",
    order=8,
    icon="arrow-repeat",
    layout=layout,
    register=register,
)
