"""Checked tables to `PlanInputs`: find the axes, fill the arrays, say what was assumed and what is missing."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.absent import absent_of
from sop_dash.core.data.assembly.budget import budget_of
from sop_dash.core.data.assembly.labour import labour_of
from sop_dash.core.data.assembly.left_out import left_out
from sop_dash.core.data.assembly.limits import supply_limits
from sop_dash.core.data.assembly.mixing import active_weights, family_mean
from sop_dash.core.data.assembly.opening import DEFAULT_HORIZON_MONTHS, open_tables
from sop_dash.core.data.assembly.outlook import assumptions_of, events_of, item_history, past_adjustments_of, risks_of
from sop_dash.core.data.assembly.prices import prices_of, product_values
from sop_dash.core.data.assembly.resources import running_time_of
from sop_dash.core.data.assembly.sales import item_volumes, sales_history
from sop_dash.core.data.assembly.service import service_data, snapshots_of
from sop_dash.core.data.assembly.stock import stock_counts, stock_history
from sop_dash.core.data.assembly.supply import supply_data
from sop_dash.core.data.checks.reporting import with_sources
from sop_dash.core.data.reading import CheckedTables
from sop_dash.core.model.arrays import read_only
from sop_dash.core.model.findings import by_importance
from sop_dash.core.model.inputs import ASSUMED_CURRENCY, Company, MoneyData, PlanInputs


def build_inputs(
    tables: CheckedTables, *, version: str, horizon_months: int = DEFAULT_HORIZON_MONTHS, example: bool = False
) -> PlanInputs:
    """Turn accepted tables into the inputs of a plan; only sales are needed.

    Args:
        tables: Typed tables without blocking findings.
        version: Content hash of the data load.
        horizon_months: Months planned, the cycle month included.
        example: True for the shipped company and third-party samples.

    Returns:
        Inputs that do not depend on the order of rows. Their findings are those of the tables and those found here.

    Raises:
        NoSales: No table of sales, or none of its rows has a month up to the last closed one.
    """
    opened = open_tables(tables, horizon_months)
    frames, axes, through, found = opened.frames, opened.axes, opened.through, list(opened.findings)
    sales, of_sales = sales_history(frames["sales"], axes)
    volumes = item_volumes(frames["sales"], axes)
    prices, of_prices = prices_of(frames, sales, volumes, axes)
    stock, of_stock = stock_history(frames, prices, axes)
    running = running_time_of(frames, axes)
    supply, of_supply = supply_data(frames, prices, volumes, axes, running)
    labour, of_labour = labour_of(frames, axes)
    budget, of_budget = budget_of(frames, sales, axes)
    service, of_service = service_data(frames, axes)
    avoidable = product_values(frames, "avoidable_cost_ratio", axes)
    money = MoneyData(
        price=read_only(prices.price),
        unit_cost=read_only(prices.unit_cost),
        avoidable_cost_ratio=read_only(family_mean(avoidable, active_weights(volumes.sum(axis=1), axes), axes)),
        budget_units=read_only(budget.units),
        budget_revenue_value=read_only(budget.revenue_value),
        budget_margin_value=read_only(budget.margin_value),
        budget_inventory_value=read_only(budget.inventory_value),
        budget_working_capital_value=read_only(budget.working_capital_value),
    )
    company = _company(frames, through, example=example)
    found += left_out(frames, axes)
    found += [*of_sales, *of_prices, *of_stock, *of_supply, *of_labour, *of_budget, *of_service]
    return PlanInputs(
        version=version,
        company=company,
        grain=axes.grain,
        sales=sales,
        stock=stock,
        supply=supply,
        money=money,
        service=service,
        snapshots=snapshots_of(frames, axes),
        known_routing=np.asarray(supply.hours_per_unit.any(axis=0), dtype=np.bool_),
        labour=labour,
        running=running,
        limits=supply_limits(opened, volumes, version=version),
        stock_counts=stock_counts(frames),
        items=item_history(frames, volumes, axes),
        events=events_of(frames, axes),
        past_adjustments=past_adjustments_of(frames, axes),
        stated_assumptions=assumptions_of(frames),
        risks=risks_of(frames),
        absent=absent_of(frames, company, sales, money, supply),
        findings=by_importance(with_sources((*tables.findings, *found), tables.origins)),
    )


def _company(frames: Mapping[str, pd.DataFrame], through: str, *, example: bool) -> Company:
    table = frames.get("company")
    row = table.iloc[0].to_dict() if table is not None and len(table) else {}

    def figure(name: str) -> float | None:
        value = row.get(name)
        return None if value is None or np.isnan(value) else float(value)

    return Company(
        name=str(row.get("name") or "Your company"),
        currency=str(row.get("currency") or ASSUMED_CURRENCY).upper(),
        currency_assumed=not row.get("currency"),
        example=example,
        fiscal_year_first_month=int(figure("fiscal_year_first_month") or 1),
        data_through_month=through,
        receivable_days=figure("receivable_days"),
        payable_days=figure("payable_days"),
        tax_ratio=figure("tax_ratio"),
        opening_cash=figure("opening_cash"),
        fixed_cost_per_month=figure("fixed_cost_per_month"),
        carrying_ratio_per_year=figure("carrying_ratio_per_year"),
    )
