"""The plan: where demand, supply, stock and money meet. `prepare` once, then `plan` at every move of a lever."""

from sop_dash.core.plan.prepare import prepare
from sop_dash.core.plan.prepared import Prepared
from sop_dash.core.plan.run import plan

__all__ = ["Prepared", "plan", "prepare"]
