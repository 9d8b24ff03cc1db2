"""The KPIs of a plan, each with the operands that reproduce it; called at every move of a slider."""

from collections.abc import Sequence

from sop_dash.core.model.inputs import PlanInputs
from sop_dash.core.model.kpi import Kpi
from sop_dash.core.model.planning_settings import PlanningSettings
from sop_dash.core.model.result import DemandPlan, MoneyPlan, SupplyPlan
from sop_dash.core.performance.ahead import Ahead
from sop_dash.core.performance.plan_money import money_kpis
from sop_dash.core.performance.plan_operations import operation_kpis
from sop_dash.core.performance.plan_outlook import outlook_kpis
from sop_dash.core.performance.plan_stock import stock_kpis
from sop_dash.core.performance.sheet import sheet

EXECUTIVE_TILES = (
    "revenue-outlook",
    "margin-outlook",
    "service",
    "stock-against-target",
    "worst-bottleneck",
    "stock-value",
)


def plan_kpis(
    *,
    inputs: PlanInputs,
    settings: PlanningSettings,
    demand: DemandPlan,
    supply: SupplyPlan,
    money: MoneyPlan,
    base: Sequence[Kpi] | None = None,
) -> tuple[Kpi, ...]:
    """All figures of one plan.

    Args:
        inputs: The data load planned.
        settings: Targets and bands.
        demand: The demand lines of the plan.
        supply: What is made, shipped and kept.
        money: Its money.
        base: KPIs of the plan without levers; they become the reference of every figure ("plan").

    Returns:
        Outlook and money first, then service and capacity, then stock. The outlook of the next fiscal year is there
        only where the horizon covers it whole. What is unknown is left out of sums and named in the account; a figure
        with nothing known has no value and a reason.
    """
    ahead = Ahead(inputs, settings, demand, supply, money, sheet(settings, base))
    return outlook_kpis(ahead) + money_kpis(ahead) + operation_kpis(ahead) + stock_kpis(ahead)
