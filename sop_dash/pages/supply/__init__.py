"""3 Supply: how full the resources are, where demand is short and why, and the levers that change it."""

from sop_dash.components.page import Filter, Page
from sop_dash.pages.supply.callbacks import live, register
from sop_dash.pages.supply.layout import layout

PAGE = Page(
    id="supply",
    path="/supply",
    title="Supply",
    order=3,
    icon="boxes",
    step="3",
    layout=layout,
    register=register,
    live=live,
    filters=(Filter.CATEGORY, Filter.FAMILY, Filter.HORIZON, Filter.MEASURE),
)
