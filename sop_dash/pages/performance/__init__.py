"""1 Performance review: how the last closed month went, what was out of the ordinary, and how the trends stand."""

from sop_dash.components.page import Page
from sop_dash.pages.performance.callbacks import register
from sop_dash.pages.performance.layout import layout

PAGE = Page(
    id="performance",
    path="/performance",
    title="Performance",
    order=1,
    icon="clipboard-data",
    step="1",
    layout=layout,
    register=register,
)
