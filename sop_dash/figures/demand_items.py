"""The mix inside the near months: every item of the families selected, shared out of the family. Units a month.

Volume is decided by family; the mix is shown, it is not written here.
"""

from collections.abc import Mapping
from typing import Any

from sop_dash.core.plan.sku_forecast import SkuForecast
from sop_dash.services.plans import PlanView

Row = Mapping[str, Any]


def item_months(view: PlanView) -> tuple[str, ...]:
    """The months whose mix is shown: those in progress and restricted, about three."""
    near = view.prepared.locked_months + view.prepared.settings.restricted_months
    return view.months[: max(near, 1)]


def item_rows(view: PlanView, items: SkuForecast) -> list[Row]:
    """One row per item of the families selected, the largest share of each family first; none without items."""
    family_units = view.plan.demand.consensus[:, view.channels].sum(axis=1)
    units, share, grain = items.shares.of(family_units), items.shares.ratio, view.plan.grain
    months = item_months(view)
    chosen = [s for s, family in enumerate(items.families) if view.families[family]]
    return [
        {
            "row": f"item|{items.skus[s]}",
            "name": items.skus[s],
            "item": items.names[s],
            "family": grain.families[items.families[s]],
            "share": float(share[s, : len(months)].mean()),
            "method": items.shares.methods[s],
            **dict(zip(months, units[s].tolist(), strict=False)),
        }
        for s in sorted(chosen, key=lambda s: (items.families[s], -share[s, : len(months)].mean(), items.skus[s]))
    ]
