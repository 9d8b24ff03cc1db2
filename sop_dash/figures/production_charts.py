"""Production as charts: what the mix of items costs by month, and the load profile against the hours booked."""

import numpy as np

from sop_dash.core.model.kpi import Unit
from sop_dash.core.performance.resource_lines import LoadTest
from sop_dash.core.plan.item_plan import ItemPlan
from sop_dash.figures.charts import chart
from sop_dash.figures.theme import Colour, Figure
from sop_dash.figures.traces import bars, line
from sop_dash.services.plans import PlanView

_MONTHS_BACK = 24


def mix_loss_chart(found: ItemPlan, view: PlanView) -> Figure:
    """Shortage of the family plan, and what the mix of items adds to it; at net price."""
    months = len(view.months)
    price = view.plan.money.price
    lost = np.where(view.plan.supply.lost > 0.0, view.plan.supply.lost * price, 0.0)[view.families, :, :months]
    short, by_mix = np.nansum(lost, axis=(0, 1)), np.nansum(found.mix_loss_value[view.families, :months], axis=0)
    if np.isnan(price).all() or np.isnan(found.items.on_hand_units).all():
        short = by_mix = np.full(months, np.nan)
    return chart(
        [bars("Short by family", short, Colour.SUPPLY), bars("Lost by the mix of items", by_mix, Colour.SHORTAGE)],
        months=view.months,
        y_title="Demand not served, at net price",
        unit=Unit.MONEY,
        currency=view.prepared.inputs.company.currency,
        stacked=True,
        locked=view.prepared.locked_months,
        every=3,
        view=f"{view.selection}",
        unknown="Stock of items or prices are not known: load inventory, and prices or net_revenue in sales.",
    )


def load_test_chart(test: LoadTest, view: PlanView, resource: int) -> Figure:
    """One resource: hours that the load profile asks for the output made, hours booked and hours given."""
    inputs, back = view.prepared.inputs, slice(-_MONTHS_BACK, None)
    closed = len(inputs.grain.history)
    return chart(
        [
            bars("Booked", test.booked_hours[resource, back], Colour.ACTUAL),
            line("Load profile × output", test.standard_hours[resource, back], Colour.DEMAND, marks=True),
            line(
                "Regular hours given",
                inputs.supply.available_hours[resource, :closed][back],
                Colour.CAPACITY,
                dash="dash",
            ),
        ],
        months=inputs.grain.history[back],
        y_title=f"{inputs.grain.resources[resource]}, hours a month",
        unit=Unit.HOURS,
        every=3,
        view=f"{resource}",
    )
