"""4 Financials: the outlook against budget, what moves the margin, where money is lost, the cash path."""

from sop_dash.components.page import Filter, Page
from sop_dash.pages.financials.callbacks import live, register
from sop_dash.pages.financials.layout import layout

PAGE = Page(
    id="financials",
    path="/financials",
    title="Financials",
    order=4,
    icon="cash-coin",
    step="4",
    layout=layout,
    register=register,
    live=live,
    filters=(Filter.HORIZON,),
)
