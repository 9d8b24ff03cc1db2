"""Adjustments: recorded changes of the demand sheet, stacked in order, each with a reason and an owner.

A block of cells is kept whole or not at all, and only on top of what the person saw. Undo and redo move whole blocks
of the person who kept them; anybody may reject and restore a single layer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from itertools import islice
from typing import Any

from sop_dash.core.model.errors import BadValue, Conflict, SopError
from sop_dash.core.model.inputs import Grain
from sop_dash.core.model.records import Adjustment, AdjustmentStatus, AdjustmentType, Stream
from sop_dash.core.plan.adjustment_log import cell_version, touching
from sop_dash.core.plan.sheet import CellChange, SheetCell, sheet_changes
from sop_dash.core.plan.sheet_records import drafts
from sop_dash.services.access import Right, User, require
from sop_dash.services.demand_lock import require_open_review
from sop_dash.services.fields import choice_of, text_of
from sop_dash.services.kept_records import ADJUSTMENT, SHEET, adjustment_of
from sop_dash.services.plans import Plans, PlanView
from sop_dash.services.ports import Change, Store, StoredRecord
from sop_dash.services.sheet_cells import PostedCell, read_cells

_ATTEMPTS = 20
_UNIT = 0.5
_ISSUED = frozenset({"id", "version", "changed_at", "changed_by"})
_BODY = tuple(f.name for f in fields(Adjustment) if f.name not in _ISSUED)


@dataclass(frozen=True, kw_only=True)
class CellPreview:
    """One cell of a block before it is kept.

    Args:
        posted: As sent.
        change: What it becomes; None when it is refused.
        refused: Why it cannot be kept; empty when it can.
        latest: The adjustment that changed this cell last; None when nobody has.
        version: Version of the cell now.
    """

    posted: PostedCell
    change: CellChange | None
    refused: str
    latest: Adjustment | None
    version: int

    @property
    def conflict(self) -> bool:
        """True when the cell was changed after the person looked."""
        return not self.refused and self.version != self.posted.seen


@dataclass(frozen=True, kw_only=True)
class BlockPreview:
    """A block of cells before it is kept, in the order sent."""

    cells: tuple[CellPreview, ...]

    @property
    def refused(self) -> tuple[CellPreview, ...]:
        """Cells that cannot be kept."""
        return tuple(cell for cell in self.cells if cell.refused)

    @property
    def conflicts(self) -> tuple[CellPreview, ...]:
        """Cells that somebody changed after the person looked."""
        return tuple(cell for cell in self.cells if cell.conflict)

    @property
    def changes(self) -> tuple[CellChange, ...]:
        """What the others become; cells that stay as they are left out."""
        return tuple(cell.change for cell in self.cells if cell.change and cell.change.families)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at: no cell becomes anything else, is refused or collides."""
        return not (self.changes or self.refused or self.conflicts)


@dataclass(frozen=True, kw_only=True)
class _Block:
    """Cells kept with one reason; `said` are the fields all of its adjustments share."""

    cells: tuple[PostedCell, ...]
    said: Mapping[str, str]
    as_type: AdjustmentType | None


class BlockRefused(SopError):
    """A block has cells that cannot be kept, or that somebody else changed; nothing of it was kept."""

    def __init__(self, message: str, preview: BlockPreview, *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.preview = preview


class Adjustments:
    """The adjustments of the open cycle."""

    def __init__(self, store: Store, plans: Plans) -> None:
        self._store, self._plans = store, plans

    def all(self) -> tuple[Adjustment, ...]:
        """Adjustments of the open cycle in the order they stack, those undone left out; empty when none."""
        return tuple(a for a in self._of_cycle() if a.status is not AdjustmentStatus.WITHDRAWN)

    def preview(self, posted: Any) -> BlockPreview:
        """What a block of cells would do, what is refused and what collides. Raises `BadValue` for what is no block."""
        return self._previewed(read_cells(posted))

    def sales_cells(self, view: PlanView) -> tuple[dict[str, Any], ...]:
        """The consensus cells that would take over what sales expects, for the families, channel and months shown."""
        prepared, channel = view.prepared, view.selection.channel or ""
        told = prepared.sales.units[:, view.channels].sum(axis=1)
        agreed = prepared.consensus.units[:, view.channels].sum(axis=1)
        return tuple(
            {
                "name": family,
                "whole": False,
                "channel": channel,
                "line": Stream.CONSENSUS,
                "month": month,
                "text": f"{told[f, t]:.0f}",
            }
            for f, family in enumerate(view.plan.grain.families)
            for t, month in enumerate(view.months)
            if view.families[f] and t >= prepared.locked_months and abs(told[f, t] - agreed[f, t]) >= _UNIT
        )

    def keep(self, given: Mapping[str, Any], user: User) -> tuple[Adjustment, ...]:
        """Put a block of cells on top of the stack: all of it or nothing.

        Args:
            given: `cells` as the browser sends them, `reason`, `owner`, and `record_as` (a type; empty for each as
                it was written).
            user: Who asks.

        Raises:
            BadValue: The reason is missing.
            BlockRefused: A cell cannot be kept, or was changed after the person looked; all of them are named.
            ReviewApproved: The demand review is approved; it is opened again first.
        """
        return self.keep_together((given,), user)

    def keep_together(self, blocks: Iterable[Mapping[str, Any]], user: User) -> tuple[Adjustment, ...]:
        """Put several blocks, each with its own reason, on top of the stack in one step: all of them or nothing.

        They are undone together. Arguments of each block and errors as in `keep`.
        """
        self._may_change(user)
        read = [_read_block(given, user) for given in blocks]
        cells = tuple(cell for block in read for cell in block.cells)
        for _ in range(_ATTEMPTS):
            sheet = self._sheet()  # read before the plan: a block kept in between shows when this one is written
            made = _bodies(read, self._clear(cells), self._plans.prepared().inputs.grain)
            try:
                return self._kept(made, sheet, user)
            except Conflict:
                continue
        raise Conflict("Others are saving to the same sheet; nothing was kept.", remedy="Try again in a moment.")

    def reject(self, adjustment_id: str, seen_version: int, user: User) -> None:
        """Take one layer out of the stack; it stays in the list and can be restored."""
        self._decide(adjustment_id, seen_version, AdjustmentStatus.REJECTED, user)

    def restore(self, adjustment_id: str, seen_version: int, user: User) -> None:
        """Put a rejected layer back at its place in the stack."""
        self._decide(adjustment_id, seen_version, AdjustmentStatus.ACCEPTED, user)

    def undo(self, user: User) -> tuple[Adjustment, ...]:
        """Take back the newest block this person kept. Raises `SopError` when there is none."""
        mine = [a for a in self.all() if a.entered_by == user.name]
        if not mine:
            raise SopError("Nothing of yours is left to undo in this cycle.")
        block = _block_of(mine[-1], mine)
        withdrawn = [replace(a, status=AdjustmentStatus.WITHDRAWN, before_undo=a.status) for a in block]
        return self._move(withdrawn, "undo adjustments", user)

    def redo(self, user: User) -> tuple[Adjustment, ...]:
        """Keep again the block undone last, layers rejected before stay rejected; one kept since then ends that.

        Raises `SopError` when there is none.
        """
        mine = [a for a in self._of_cycle() if a.entered_by == user.name]
        newest = max((a.order for a in mine if a.status is not AdjustmentStatus.WITHDRAWN), default=0)
        undone = [a for a in mine if a.status is AdjustmentStatus.WITHDRAWN and a.order > newest]
        if not undone:
            raise SopError("Nothing was undone that could be done again.")
        last = max(undone, key=lambda a: (a.changed_at, -a.order))
        again = [
            replace(a, status=a.before_undo, before_undo=AdjustmentStatus.ACCEPTED) for a in _block_of(last, undone)
        ]
        return self._move(again, "redo adjustments", user)

    def _of_cycle(self) -> tuple[Adjustment, ...]:
        kept = (adjustment_of(r) for r in self._store.records(ADJUSTMENT, self._plans.company))
        return tuple(sorted((a for a in kept if a.cycle == self._plans.cycle), key=lambda a: (a.order, a.id)))

    def _clear(self, cells: tuple[PostedCell, ...]) -> BlockPreview:
        preview = self._previewed(cells)
        if preview.refused:
            raise BlockRefused("Nothing was kept.", preview, remedy="Correct the cells named, or leave them out.")
        if preview.conflicts:
            raise BlockRefused(
                "Somebody changed the same cells after you looked; nothing was kept.",
                preview,
                remedy="Take theirs, or keep yours on top of it.",
            )
        if not preview.changes:
            raise BadValue("cells", "Nothing differs from the plan, so there is nothing to keep.")
        return preview

    def _previewed(self, cells: tuple[PostedCell, ...]) -> BlockPreview:
        prepared = self._plans.prepared()
        readable = [place for place, posted in enumerate(cells) if posted.cell is not None]
        found = sheet_changes(prepared, [cell for posted in cells if (cell := posted.cell) is not None])
        refused = {readable[place]: reason for place, reason in found.refused.items()}
        changes = {readable[place]: change for place, change in found.changes.items()}
        return BlockPreview(
            cells=tuple(
                self._cell(posted, changes.get(place), refused.get(place, posted.refused))
                for place, posted in enumerate(cells)
            )
        )

    def _cell(self, posted: PostedCell, change: CellChange | None, refused: str) -> CellPreview:
        touched = self._touching(posted.cell) if posted.cell is not None else ()
        return CellPreview(
            posted=posted,
            change=change,
            refused=refused,
            latest=max(touched, key=lambda a: (a.changed_at, a.order), default=None),
            version=cell_version(touched),
        )

    def _touching(self, cell: SheetCell) -> tuple[Adjustment, ...]:
        prepared = self._plans.prepared()
        grain = prepared.inputs.grain
        named = (
            [f for f, category in zip(grain.families, grain.categories, strict=True) if category == cell.name]
            if cell.whole_category
            else [cell.name]
        )
        return tuple(
            adjustment
            for family in named
            for adjustment in touching(
                prepared.adjustments, family=family, channel=cell.channel, month=cell.month, stream=cell.stream
            )
        )

    def _kept(
        self, made: Iterable[Mapping[str, Any]], sheet: StoredRecord | None, user: User
    ) -> tuple[Adjustment, ...]:
        company, cycle = self._plans.company, self._plans.cycle
        first = max((a.order for a in self._of_cycle()), default=0) + 1
        number = (sheet.version if sheet else 0) + 1
        changes = [
            Change(
                kind=ADJUSTMENT,
                company=company,
                prefix="ADJ",
                action="add adjustment",
                body={**body, "cycle": cycle, "order": first + place, "block": f"{cycle} {number}"},
            )
            for place, body in enumerate(made)
        ]
        turn = Change(
            kind=SHEET,
            company=company,
            id=cycle,
            body={"blocks": number},
            seen_version=sheet.version if sheet else None,
            action="change demand sheet",
        )
        written = self._store.write((turn, *changes), user.name)
        return tuple(adjustment_of(record) for record in written[1:])

    def _sheet(self) -> StoredRecord | None:
        cycle = self._plans.cycle
        return next((r for r in self._store.records(SHEET, self._plans.company) if r.id == cycle), None)

    def _may_change(self, user: User) -> None:
        require(user, Right.EDIT)
        require_open_review(self._store, self._plans)

    def _decide(self, adjustment_id: str, seen_version: int, status: AdjustmentStatus, user: User) -> None:
        layer = next((a for a in self.all() if a.id == adjustment_id), None)
        if layer is None:
            raise SopError("This adjustment is not in the stack any more.")
        action = "restore adjustment" if status is AdjustmentStatus.ACCEPTED else "reject adjustment"
        self._move([replace(layer, status=status, version=seen_version)], action, user)

    def _move(self, layers: Iterable[Adjustment], action: str, user: User) -> tuple[Adjustment, ...]:
        """Keep layers in the status they have now; each is at the version that was seen."""
        self._may_change(user)
        changes = tuple(
            Change(
                kind=ADJUSTMENT,
                company=self._plans.company,
                id=layer.id,
                body={name: getattr(layer, name) for name in _BODY},
                seen_version=layer.version,
                action=action,
            )
            for layer in layers
        )
        return tuple(adjustment_of(record) for record in self._store.write(changes, user.name))


def _read_block(given: Mapping[str, Any], user: User) -> _Block:
    reason = text_of(given, "reason", label="The reason", longest=400)
    owner = text_of(given, "owner", label="The owner", required=False, longest=80) or user.name
    as_type = choice_of(given, "record_as", AdjustmentType, label="The type") if given.get("record_as") else None
    said = {"reason": reason, "owner": owner, "entered_by": user.name}
    return _Block(cells=read_cells(given.get("cells")), said=said, as_type=as_type)


def _bodies(blocks: Iterable[_Block], preview: BlockPreview, grain: Grain) -> list[dict[str, Any]]:
    """The adjustments of all blocks in order, still without number and place in the stack."""
    told = iter(preview.cells)
    return [
        {**asdict(draft), **block.said}
        for block in blocks
        for draft in drafts(BlockPreview(cells=tuple(islice(told, len(block.cells)))).changes, grain, block.as_type)
    ]


def _block_of(one: Adjustment, among: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    """The adjustments kept together with this one."""
    return tuple(a for a in among if a.id == one.id or (one.block and a.block == one.block))
