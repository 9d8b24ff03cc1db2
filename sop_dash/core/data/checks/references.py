"""Do the tables speak of the same items, families and resources, and at one grain?"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sop_dash.core.data.cells import rows_of
from sop_dash.core.data.checks.reporting import at_rows, examples, money_at
from sop_dash.core.data.checks.values import is_empty
from sop_dash.core.data.items import UNASSIGNED, Items, families_of
from sop_dash.core.model.findings import Finding, FindingKind, Severity

UNKNOWN_SKU = FindingKind(
    code="unknown-sku",
    severity=Severity.WARNS,
    title="Items that products does not list",
    remedy="Add them to products or correct the code.",
)
UNKNOWN_FAMILY = FindingKind(
    code="unknown-family",
    severity=Severity.WARNS,
    title="Families that are never sold",
    remedy="Correct the name so that it is the same as in products or sales; these rows are left out.",
)
SKU_WITHOUT_FAMILY = FindingKind(
    code="sku-without-family",
    severity=Severity.WARNS,
    title="Items without a family",
    remedy="Name their family in products; until then they are planned together as “Unassigned”.",
)
ITEMS_AS_FAMILIES = FindingKind(
    code="items-as-families",
    severity=Severity.INFORMS,
    title="No families: items stand for themselves",
    remedy="Bring products with a family for each item; beyond 40 items the smallest are planned as “Other items”.",
)
ITEM_IN_TWO_FAMILIES = FindingKind(
    code="item-in-two-families",
    severity=Severity.WARNS,
    title="Items in two families",
    remedy="Name one family; the one in products counts, else the one most rows name.",
)
MIXED_GRAIN = FindingKind(
    code="mixed-grain",
    severity=Severity.BLOCKS,
    title="A family and its items in the same month",
    remedy="Give either the family or its items for a month; both would be counted twice.",
)
RESOURCE_WITHOUT_HOURS = FindingKind(
    code="capacity-unknown",
    severity=Severity.WARNS,
    title="Resources without hours",
    remedy="Give their available hours in resources; until then their load has no limit.",
)
SIMILAR_NAMES = FindingKind(
    code="similar-names",
    severity=Severity.WARNS,
    title="Names that differ only in capitals or spaces",
    remedy="Write the name the same way everywhere; different spellings are planned apart.",
)

_NAMES = ("sku", "family", "category", "channel", "resource")
_ONE_GRAIN = ("sales", "inventory", "production")


def reference_findings(frames: Mapping[str, pd.DataFrame], items: Items) -> list[Finding]:
    """All findings between tables; frames are typed, any may be missing."""
    return [
        *_unknown_items(frames, items),
        *_homeless_items(frames, items),
        *_unknown_families(frames, items),
        *_mixed_grain(frames, items),
        *_resources(frames),
        *_similar_names(frames),
    ]


def _unknown_items(frames: Mapping[str, pd.DataFrame], items: Items) -> list[Finding]:
    found: list[Finding] = []
    for name, frame in frames.items():
        if "sku" not in frame or name == "products":
            continue
        if name == "sales" and "products" not in frames:
            continue
        known = {"", *(items.in_products if name == "sales" else items.family)}
        unknown = ~rows_of(frame["sku"], known.__contains__)
        if unknown.any():
            detail = f"{examples(frame.loc[unknown, 'sku'])}: {_consequence(name)}."
            found += at_rows(
                UNKNOWN_SKU,
                name,
                frame,
                unknown,
                detail=detail,
                value=money_at(frame, unknown) if name == "sales" else None,
            )
    return found


def _consequence(table: str) -> str:
    return "their sales count" if table == "sales" else "these rows are left out"


def _homeless_items(frames: Mapping[str, pd.DataFrame], items: Items) -> list[Finding]:
    sales = frames.get("sales")
    if sales is None:
        return []
    if items.standing_alone:
        return [Finding(kind=ITEMS_AS_FAMILIES, table="sales", count=len(items.family))]
    found: list[Finding] = []
    for kind, names in ((SKU_WITHOUT_FAMILY, items.unassigned), (ITEM_IN_TWO_FAMILIES, items.disputed)):
        chosen = set(names)
        rows = rows_of(sales["sku"], chosen.__contains__)
        detail = f"{examples(names)}." if names else ""
        found += at_rows(kind, "sales", sales, rows, detail=detail, value=money_at(sales, rows))
    return found


def _unknown_families(frames: Mapping[str, pd.DataFrame], items: Items) -> list[Finding]:
    known = {"", *known_families(frames, items)}
    found: list[Finding] = []
    for name, frame in frames.items():
        if name in {"sales", "products"} or "family" not in frame:
            continue
        unknown = ~rows_of(frame["family"], known.__contains__)
        if unknown.any():
            detail = f"{examples(frame.loc[unknown, 'family'])}."
            found += at_rows(UNKNOWN_FAMILY, name, frame, unknown, detail=detail)
    return found


def known_families(frames: Mapping[str, pd.DataFrame], items: Items) -> frozenset[str]:
    """Every family that an item belongs to or a sales row names."""
    sold = frames["sales"]["family"].cat.categories if "sales" in frames else ()
    return frozenset(name for name in (*items.family.values(), *sold) if name)


def _mixed_grain(frames: Mapping[str, pd.DataFrame], items: Items) -> list[Finding]:
    found: list[Finding] = []
    for name in _ONE_GRAIN:
        frame = frames.get(name)
        if frame is None:
            continue
        by_family = is_empty(frame["sku"])
        if not by_family.any() or by_family.all():
            continue
        channel = frame["channel"].astype(object) if "channel" in frame else ""
        rows = pd.DataFrame(
            {"family": families_of(frame, items), "month": frame["month"].astype(object), "channel": channel}
        ).assign(by_family=by_family)
        grains = rows.groupby(["family", "month", "channel"])["by_family"].transform("nunique")
        mixed = np.asarray((grains > 1) & rows["by_family"] & (rows["family"] != UNASSIGNED), dtype=np.bool_)
        found += at_rows(MIXED_GRAIN, name, frame, mixed)
    return found


def _resources(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    profile, resources = frames.get("resource_profile"), frames.get("resources")
    if profile is None:
        return []
    known = {"", *(resources["resource"].cat.categories if resources is not None else ())}
    unknown = ~rows_of(profile["resource"], known.__contains__)
    if not unknown.any():
        return []
    detail = f"{examples(profile.loc[unknown, 'resource'])}."
    return at_rows(RESOURCE_WITHOUT_HOURS, "resource_profile", profile, unknown, detail=detail)


def _similar_names(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Spellings of one name, over all tables, for names that become axes of the plan."""
    found: list[Finding] = []
    for column in _NAMES:
        names = list(
            dict.fromkeys(str(n) for frame in frames.values() if column in frame for n in frame[column].cat.categories)
        )
        plain = ["".join(name.casefold().split()) for name in names]
        if len(set(plain)) == len(names):
            continue
        spellings: dict[str, set[str]] = {}
        for name, spelling in zip(names, plain, strict=True):
            spellings.setdefault(spelling, set()).add(name)
        found += [
            Finding(kind=SIMILAR_NAMES, place=column, detail=f"{examples(names)}.", count=len(names))
            for names in spellings.values()
            if len(names) > 1
        ]
    return found
