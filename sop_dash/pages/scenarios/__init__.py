"""5 Scenarios: the plan beside what the levers do now and up to four kept scenarios."""

from sop_dash.components.page import Filter, Page
from sop_dash.pages.scenarios.callbacks import live, register
from sop_dash.pages.scenarios.layout import layout

PAGE = Page(
    id="scenarios",
    path="/scenarios",
    title="Scenarios",
    order=5,
    icon="sliders",
    step="5",
    layout=layout,
    register=register,
    live=live,
    filters=(Filter.HORIZON,),
)
