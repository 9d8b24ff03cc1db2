"""The plan by item: every stream of a family's demand, shared out middle-out. Units a month."""

from dataclasses import dataclass

from sop_dash.core.demand.hierarchy import ItemShares, item_shares
from sop_dash.core.model.arrays import Array
from sop_dash.core.plan.prepared import Prepared


@dataclass(frozen=True, kw_only=True, eq=False)
class SkuForecast:
    """Items of all families, by family and code; rows add up to their family in every month.

    Args:
        skus, names: [S] code and name; the code where no name is given.
        families: [S] position of each item's family in the grain.
        statistical_units: [S, T] of the statistical forecast.
        consensus_units: [S, T] of the consensus.
        shares: How families spread over items; `shares.of(family_units)` splits any other stream [F, T], and
            `shares.methods` names the rule behind each item.
    """

    skus: tuple[str, ...]
    names: tuple[str, ...]
    families: tuple[int, ...]
    statistical_units: Array
    consensus_units: Array
    shares: ItemShares


def sku_forecast(prepared: Prepared) -> SkuForecast:
    """Statistical forecast and consensus by item; no rows where the company names no items.

    It forecasts every item of the data load, so keep the answer (or its shares) per data load.
    """
    items = prepared.inputs.items
    shares = item_shares(items, prepared.inputs.grain.horizon)
    return SkuForecast(
        skus=items.skus,
        names=tuple(name or sku for name, sku in zip(items.names, items.skus, strict=True)),
        families=items.families,
        statistical_units=shares.of(prepared.baseline.family_units),
        consensus_units=shares.of(prepared.consensus.units.sum(axis=1)),
        shares=shares,
    )
