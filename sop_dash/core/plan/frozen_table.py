"""An approved plan as one table, family by month: what the command `export plan` writes. Units in the column names."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.plan.frozen_plan import FIGURES, FrozenPlan


def frozen_table(plan: FrozenPlan, approval: Mapping[str, str]) -> pd.DataFrame:
    """One row per family and month, in their order; unknown figures are NaN, nothing is rounded.

    Args:
        plan: The figures.
        approval: Which plan it is and who approved it; the first columns, the same in every row.
    """
    families, months = np.array(plan.families, dtype=object), np.array(plan.months, dtype=object)
    table = {
        "family": np.repeat(families, months.size),
        "month": np.tile(months, families.size),
        **{kind.key: plan.figures[kind.key].ravel() for kind in FIGURES},
    }
    return pd.DataFrame({**{name: [text] * len(table["family"]) for name, text in approval.items()}, **table})
