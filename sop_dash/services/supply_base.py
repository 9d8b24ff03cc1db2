"""Items, suppliers and logistics of the data load in use: the policy of stock, the scorecard, the load of space."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sop_dash.core.data import CheckedTables
from sop_dash.core.data.assembly.item_inputs import families_as_items, item_inputs
from sop_dash.core.data.assembly.opening import open_tables
from sop_dash.core.data.assembly.supply_base import logistics_inputs, supplier_inputs
from sop_dash.core.inventory.item_lots import ItemLots, PriceBreak, lots_of_item, price_break
from sop_dash.core.inventory.policy import ItemDemand, ItemPolicy, item_policy
from sop_dash.core.inventory.rules import RuleOutcome, rules_of_item
from sop_dash.core.inventory.safety_stock import ImpliedService
from sop_dash.core.model.arrays import Array
from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.items import ItemInputs
from sop_dash.core.model.levers import Levers
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.result import PlanResult
from sop_dash.core.model.supply_base import LogisticsInputs, SupplierInputs
from sop_dash.core.plan.costs import carrying_ratio
from sop_dash.core.plan.item_plan import ItemPlan, item_plan, plan_mix
from sop_dash.core.plan.item_policy import (
    ItemForecast,
    family_cover_service,
    item_forecast,
    monthly_review,
    output_a_year,
    shortage_values,
    tested_lags,
    tied_demand,
)
from sop_dash.core.plan.supplier_effects import LeadTimeEffect, MaterialLine, lead_time_effect, material_lines
from sop_dash.core.plan.supplier_shortfall import Shortfall, supplier_shares, with_shortfall
from sop_dash.core.supply.item_split import ItemMix
from sop_dash.core.supply.logistics import LogisticsLoad, logistics_load
from sop_dash.core.supply.suppliers import Scorecard, scorecard
from sop_dash.services.plans import Newest, Plans, PlanView
from sop_dash.services.selection import Selection

_LOADS_KEPT, _PLANS_KEPT = 2, 8


@dataclass(frozen=True, kw_only=True, eq=False)
class SupplyInputs:
    """What one data load says of items, suppliers and logistics."""

    items: ItemInputs
    suppliers: SupplierInputs
    logistics: LogisticsInputs


@dataclass(frozen=True, kw_only=True, eq=False)
class StockPolicy:
    """The inventory policy under the plan without levers.

    Args:
        items: Policy by item, or by family where no table names items (`items.items.of_families`).
        demand: What it rests on.
        settings: Rule, aims and limits it was made with.
        carrying_ratio_per_year: Cost of holding stock, share of cost.
        shortage_value: [S] what a unit short costs; NaN unknown.
        output_a_year: [S] what the line of an item can make of it a year; NaN where bought.
        waiting_a_year: [S] what a unit costs that waits for a year; NaN where none is given.
    """

    items: ItemPolicy
    demand: ItemDemand
    settings: PlanningSettings
    carrying_ratio_per_year: float
    shortage_value: Array
    output_a_year: Array
    waiting_a_year: Array

    def place(self, sku: str) -> int | None:
        """Position of an item; None where it is not known."""
        skus = self.items.items.skus
        return skus.index(sku) if sku in skus else None

    def rules(self, item: int) -> tuple[RuleOutcome, ...]:
        """The item at a position under every rule."""
        return rules_of_item(
            self.items,
            item,
            self.demand,
            self.settings,
            carrying_ratio_per_year=self.carrying_ratio_per_year,
            shortage_value=float(self.shortage_value[item]),
        )

    def lots(self, item: int) -> ItemLots:
        """Its lots."""
        return lots_of_item(
            self.items,
            item,
            self.demand,
            carrying_ratio_per_year=self.carrying_ratio_per_year,
            output_a_year=float(self.output_a_year[item]),
            waiting_a_year=float(self.waiting_a_year[item]),
            shortage_value=float(self.shortage_value[item]),
        )

    def price_break(self, item: int, from_units: float, price: float) -> PriceBreak:
        """What a lower price from so many units on is worth. Raises `BadValue` where it cannot be judged."""
        ratio = self.carrying_ratio_per_year
        return price_break(self.items, item, from_units=from_units, price=price, carrying_ratio_per_year=ratio)


WEIGHT_SETTINGS = (
    "supplier_weight_on_time",
    "supplier_weight_in_full",
    "supplier_weight_quality",
    "supplier_weight_lead_spread",
    "supplier_weight_price",
)
"""Planning settings of the weights, in the order of the criteria of the score."""


def supplier_weights(settings: PlanningSettings) -> tuple[float, ...]:
    """Weights of the score in the order of its criteria."""
    return tuple(float(getattr(settings, name)) for name in WEIGHT_SETTINGS)


class SupplyBase:
    """Answers about items, suppliers and logistics, each made once for a load and plan.

    Args:
        plans: Reads the plan in use.
        files_of: The kept tables of a load.
        tables_of: Reads and checks kept tables.
    """

    def __init__(
        self,
        plans: Plans,
        files_of: Callable[[str], Mapping[str, bytes]],
        tables_of: Callable[[Mapping[str, bytes]], CheckedTables],
    ) -> None:
        self._plans, self._files_of, self._tables_of = plans, files_of, tables_of
        self._inputs = Newest[tuple[str, int], SupplyInputs](_LOADS_KEPT)
        self._policies = Newest[int, tuple[PlanView, StockPolicy]](_LOADS_KEPT)
        self._families = Newest[int, tuple[PlanView, StockPolicy]](_LOADS_KEPT)
        self._forecasts = Newest[tuple[str, int, int, bool], ItemForecast](_PLANS_KEPT)
        self._effects = Newest[int, tuple[PlanView, LeadTimeEffect]](_LOADS_KEPT)
        self._mixes = Newest[int, tuple[PlanView, ItemMix]](_LOADS_KEPT)
        self._item_plans = Newest[tuple[int, str], tuple[PlanView, ItemPlan]](_PLANS_KEPT)
        self._cards = Newest[tuple[str, tuple[float, ...]], Scorecard](_LOADS_KEPT)

    def policy(self) -> StockPolicy:
        """The inventory policy. Raises `NoDataLoad` in an empty home."""
        view = self._base()
        # The view is kept beside the answer, so that the identity in the key stays taken.
        return self._policies.get(
            id(view.prepared), lambda: (view, self._policy(view, self._items(view), view.prepared.settings))
        )[1]

    def policy_under(self, settings: PlanningSettings) -> StockPolicy:
        """The policy with other rules, aims or limits, not kept. Raises `BadValue` for an aim out of reach."""
        view = self._base()
        return self._policy(view, self._items(view), settings)

    def family_policy(self) -> StockPolicy:
        """The policy with families in the place of items, looked at once a month as the plan is made."""
        view = self._base()
        settings = monthly_review(view.prepared.settings)
        return self._families.get(
            id(view.prepared), lambda: (view, self._policy(view, families_as_items(view.prepared.inputs), settings))
        )[1]

    def item_plan(self, view: PlanView) -> ItemPlan | None:
        """The plan of this view by item; None where no table names items."""
        found = self.policy()
        items = found.items.items
        if items.of_families or not items.skus:
            return None
        prepared = view.prepared
        mix = self._mixes.get(id(prepared), lambda: (view, plan_mix(prepared, items, found.demand)))[1]
        key = (id(prepared), view.levers.key)
        return self._item_plans.get(key, lambda: (view, item_plan(prepared, view.plan, items, mix)))[1]

    def cover_service(self, cover_days: float) -> ImpliedService:
        """[F] the service that so many days of the following demand, kept as safety stock, give each family."""
        view = self._base()
        return family_cover_service(view.prepared, self.family_policy().items, cover_days)

    def suppliers(self) -> Scorecard:
        """The supplier scorecard. Raises `NoDataLoad` in an empty home."""
        return self.suppliers_under(self._base().prepared.settings)

    def suppliers_under(self, settings: PlanningSettings) -> Scorecard:
        """The scorecard with the weights of other settings, which are not kept."""
        view = self._base()
        weights = supplier_weights(settings)
        return self._cards.get((view.load.id, weights), lambda: scorecard(self._read(view).suppliers, weights))

    def shortfall(self, view: PlanView, shortfall: Shortfall) -> PlanResult:
        """The plan of the view, made again as well as it can, when a supplier delivers less than the plan asks for."""
        suppliers = self._read(view).suppliers
        share = supplier_shares(self.policy().items, suppliers, shortfall.supplier)

        def less(inputs: PlanInputs) -> PlanInputs:
            return with_shortfall(inputs, suppliers, share, view.plan.supply.make, shortfall)

        return self._plans.on(f"{shortfall} {view.levers.key}", less, view.levers)

    def lead_time_effect(self) -> LeadTimeEffect:
        """What changed lead times of suppliers do to safety stock."""
        view = self._base()

        def priced() -> LeadTimeEffect:
            found = self.policy()
            settings = view.prepared.settings
            return lead_time_effect(
                self.suppliers(), found.items, found.demand, settings, found.carrying_ratio_per_year
            )

        return self._effects.get(id(view.prepared), lambda: (view, priced()))[1]

    def materials(self, view: PlanView) -> tuple[MaterialLine, ...]:
        """Materials under the plan of this view."""
        return material_lines(self._read(view).suppliers, view.plan.supply.make)

    def logistics(self, view: PlanView) -> LogisticsLoad:
        """Warehouses and lanes under the plan of this view."""
        supply = view.plan.supply
        return logistics_load(self._read(view).logistics, supply.closing, supply.shipped.sum(axis=1))

    def _base(self) -> PlanView:
        return self._plans.view(Selection(), Levers())

    def _items(self, view: PlanView) -> ItemInputs:
        items = self._read(view).items
        return items if items.skus else families_as_items(view.prepared.inputs)

    def _policy(self, view: PlanView, items: ItemInputs, settings: PlanningSettings) -> StockPolicy:
        prepared = view.prepared
        consensus = prepared.consensus.units.sum(axis=1)
        horizon, lags = consensus.shape[1], tested_lags(items, settings)
        made = self._forecasts.get(
            (view.load.id, horizon, lags, items.of_families), lambda: item_forecast(items, horizon, lags)
        )
        demand = tied_demand(made, items, consensus)
        carrying, shortage = carrying_ratio(prepared.inputs, settings), shortage_values(prepared, items)
        return StockPolicy(
            items=item_policy(items, demand, settings, carrying, shortage),
            demand=demand,
            settings=settings,
            carrying_ratio_per_year=carrying,
            shortage_value=shortage,
            output_a_year=output_a_year(view.base, items),
            waiting_a_year=12.0 * prepared.inputs.supply.backlog_cost_per_unit[items.family],
        )

    def _read(self, view: PlanView) -> SupplyInputs:
        load, horizon = view.load.id, len(view.prepared.inputs.grain.horizon)

        def made() -> SupplyInputs:
            opened = open_tables(self._tables_of(self._files_of(load)), horizon)
            return SupplyInputs(
                items=item_inputs(opened, version=load),
                suppliers=supplier_inputs(opened, version=load),
                logistics=logistics_inputs(opened, version=load),
            )

        return self._inputs.get((load, horizon), made)
