"""Stock policy, suppliers and logistics as tables: what the commands write. Units stand in the column names.

Unknown figures are NaN and written as empty cells; nothing is rounded.
"""

import numpy as np
import pandas as pd

from sop_dash.core.inventory.policy import ItemPolicy
from sop_dash.core.plan.supplier_effects import LeadTimeEffect
from sop_dash.core.supply.logistics import LogisticsLoad
from sop_dash.core.supply.suppliers import Scorecard


def reorder_table(policy: ItemPolicy) -> pd.DataFrame:
    """One row per item: classes, safety stock, reorder point, lot, what to order now, what is too much, and why not."""
    items = policy.items
    return pd.DataFrame(
        {
            "sku": items.skus,
            "name": items.names,
            "family": items.families,
            "made_or_bought": np.where(items.made, "made", "bought"),
            "abc_class": policy.abc,
            "xyz_class": policy.xyz,
            "demand_pattern": policy.pattern,
            "next_12_months_units": policy.year_units,
            "unit_cost_value": items.unit_cost,
            "lead_time_days": items.lead_time_days,
            "lead_time_sd_days": items.lead_time_sd_days,
            "service_ratio": policy.service_ratio,
            "forecast_error_month_units": policy.spread.month_units,
            "forecast_errors_count": policy.spread.errors,
            "protection_sigma_units": policy.sigma,
            "safety_stock_units": policy.safety_stock,
            "reorder_point_units": policy.reorder_point,
            "economic_lot_units": policy.economic_lot,
            "lot_units": policy.lot,
            "lot_price_value": policy.lot_price,
            "price_break_saving_value": policy.price_saving_value,
            "order_up_to_units": policy.order_up_to,
            "saleable_units": items.saleable_units,
            "blocked_units": items.blocked_units,
            "on_order_units": items.on_order_units,
            "backlog_units": items.backlog_units,
            "position_units": policy.position,
            "order_now_units": policy.order_now,
            "supply_days": np.where(np.isinf(policy.days_of_supply), np.nan, policy.days_of_supply),
            "excess_units": policy.excess,
            "at_risk_units": policy.at_risk,
            "obsolete_units": policy.obsolete_units,
            "safety_stock_in_force_units": items.safety_stock_in_force,
            "reorder_point_in_force_units": items.reorder_point_in_force,
            "service_in_force_ratio": policy.in_force.cycle_ratio,
            "note": policy.notes,
        }
    )


def supplier_table(card: Scorecard, effect: LeadTimeEffect) -> pd.DataFrame:
    """One row per supplier, best score first; `score_weights` says what the score is made of."""
    found, recent, before = card.suppliers, card.recent, card.before
    points = {
        f"{each.name.lower().replace(' ', '_')}_points": card.points[:, place]
        for place, each in enumerate(card.criteria)
    }
    table = pd.DataFrame(
        {
            "supplier": found.codes,
            "name": found.names,
            "own_rating": found.ratings,
            "grade": card.grade,
            "rank": card.rank,
            "score_points": card.score,
            "score_before_points": card.score_before,
            **points,
            "score_weights": ", ".join(f"{each.name.lower()} {each.weight:.0%}" for each in card.criteria),
            "on_time_ratio": recent.on_time,
            "on_time_before_ratio": before.on_time,
            "in_full_ratio": recent.in_full,
            "in_full_before_ratio": before.in_full,
            "quality_ratio": recent.quality,
            "lead_time_days": recent.lead_days,
            "lead_time_before_days": before.lead_days,
            "lead_time_spread_days": recent.lead_spread_days,
            "lead_time_spread_before_days": before.lead_spread_days,
            "price_change_ratio": card.price_change,
            "spend_12_months_value": card.spend,
            "spend_share_ratio": card.spend_share,
            "items_count": card.items,
            "only_source_items_count": card.only_source_items,
            "capacity_use_ratio": card.capacity_use,
            "safety_stock_change_value": effect.value,
            "families": [", ".join(names) for names in effect.families],
            "alerts": ["; ".join(alerts) for alerts in card.alerts],
            "risk_note": found.risk_notes,
        }
    )
    last = np.where(card.rank > 0, card.rank, len(card.rank) + 1)
    return table.iloc[np.lexsort((np.asarray(found.codes), last))].reset_index(drop=True)


def logistics_table(found: LogisticsLoad, months: tuple[str, ...]) -> pd.DataFrame:
    """One row per warehouse or lane and month."""
    columns = {
        "month": [month for _ in found.lines for month in months],
        "kind": [line.kind for line in found.lines for _ in months],
        "name": [line.name for line in found.lines for _ in months],
    }
    figures = {
        "load_space": [line.load for line in found.lines],
        "capacity_space": [line.capacity for line in found.lines],
        "use_ratio": [line.use_ratio for line in found.lines],
        "overflow_space": [line.overflow for line in found.lines],
        "cost_value": [line.cost_value for line in found.lines],
        "overflow_cost_value": [line.overflow_cost_value for line in found.lines],
    }
    filled = {name: np.concatenate(rows) if rows else np.zeros(0) for name, rows in figures.items()}
    return pd.DataFrame({**columns, **filled})
