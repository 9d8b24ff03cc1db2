"""Data: bring tables, see what is wrong with them, choose the load in use, and look up what each column means."""

from sop_dash.components.page import Page
from sop_dash.pages.data.callbacks import register
from sop_dash.pages.data.layout import layout

PAGE = Page(
    id="data",
    path="/data",
    title="Data",
    order=9,
    icon="database",
    layout=layout,
    register=register,
)
