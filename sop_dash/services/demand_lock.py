"""An approved demand review is locked: what would change its forecast waits until the review is opened again."""

from sop_dash.core.model.errors import SopError
from sop_dash.core.model.periods import short_name
from sop_dash.services.kept_outlook import DEMAND_CYCLE
from sop_dash.services.plans import Plans
from sop_dash.services.ports import Store, StoredRecord


class ReviewApproved(SopError):
    """The demand review is approved; its forecast is not changed without opening it again."""


def cycle_record(store: Store, plans: Plans) -> StoredRecord | None:
    """The approval kept for the open cycle; None while nobody approved it."""
    cycle = plans.cycle
    return next((kept for kept in store.records(DEMAND_CYCLE, plans.company) if kept.id == cycle), None)


def require_open_review(store: Store, plans: Plans) -> None:
    """Raise `ReviewApproved` while the demand review of the open cycle is approved."""
    kept = cycle_record(store, plans)
    if kept is not None and kept.body["approved"]:
        raise ReviewApproved(
            f"The demand review of {short_name(kept.id)} is approved by {kept.changed_by}.",
            remedy="Open it again on the Demand page, then change it.",
        )
