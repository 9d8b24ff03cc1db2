"""Executive: what to decide today and by when, where the year is heading, and the one-page report."""

from sop_dash.components.page import Filter, Page
from sop_dash.pages.executive.callbacks import live, register
from sop_dash.pages.executive.layout import layout

PAGE = Page(
    id="executive",
    path="/",
    title="Executive",
    order=0,
    icon="speedometer2",
    layout=layout,
    register=register,
    live=live,
    filters=(Filter.HORIZON,),
)
