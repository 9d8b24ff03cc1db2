"""2 Demand: what the market will take, family by family; the baseline, what people change about it and why."""

from sop_dash.components.page import Filter, Page
from sop_dash.pages.demand.callbacks import register
from sop_dash.pages.demand.layout import layout

PAGE = Page(
    id="demand",
    path="/demand",
    title="Demand",
    order=2,
    icon="graph-up",
    step="2",
    layout=layout,
    register=register,
    filters=(Filter.CATEGORY, Filter.FAMILY, Filter.CHANNEL, Filter.HORIZON, Filter.MEASURE),
)
