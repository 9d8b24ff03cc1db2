"""Families where no file names one: the category of the items, else the beginnings of their codes, by a stated rule.

The beginning of a code is what stands before its first slash, as names of a tree are written, else before its first
separator (`-`, `_`, `.`, `/` or a space). The first of the two that groups the items is taken: there are more items
than can be planned one by one, nine of ten items have one, and it makes 2 to 40 families. A pattern that a person gave
wins over everything.
"""

import re
from collections import Counter
from dataclasses import replace

from sop_dash.core.data.checks.reporting import examples
from sop_dash.core.data.items import MOST_ITEMS
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.raw import RawTable
from sop_dash.core.data.texts import Texts
from sop_dash.core.model.findings import Finding

BRANCH, BEGINNING = r"^([^/]+)/", r"^([^-_./ ]+)[-_./ ]"
"""The patterns of the rule, as a mapping may name them."""

_MOST_FAMILIES, _FEWEST_FAMILIES = MOST_ITEMS, 2
_MOST = 0.9
_LONGEST_CODE = 100

Tables = dict[str, RawTable]


def with_families(tables: Tables, choices: Choices) -> tuple[Tables, list[Finding]]:
    """The tables with a family for the items where none was given, and what was done.

    Args:
        tables: Text tables by name.
        choices: What a person decided.
    """
    sales, products = tables.get("sales"), tables.get("products")
    if sales is None:
        return tables, []
    if choices.family_pattern and "sku" in sales.header:
        return _as_chosen(tables, sales, choices.family_pattern)
    if _is_filled(sales, "family") or (products is not None and _is_filled(products, "family")):
        return tables, []
    if products is not None and "category" in products.header and told.FAMILY_FROM_CATEGORY.code not in choices.undo:
        return _from_category(tables, products)
    if "sku" in sales.header and told.FAMILY_FROM_CODE.code not in choices.undo:
        return _from_codes(tables, sales)
    return tables, []


def _is_filled(table: RawTable, name: str) -> bool:
    return name in table.header and any(text.strip() for text in _cells(table, name).used().texts)


def _from_category(tables: Tables, products: RawTable) -> tuple[Tables, list[Finding]]:
    """The category becomes the family."""
    place = products.header.index("category")
    labels = tuple("family" if name == "category" else name for name in products.header if name != "family")
    columns = tuple(c for name, c in zip(products.header, products.columns, strict=True) if name != "family")
    detail = f"{examples(filter(None, products.columns[place].used().texts))}."
    found = Finding(kind=told.FAMILY_FROM_CATEGORY, table="products", detail=detail)
    return {**tables, "products": replace(products, header=labels, columns=columns)}, [found]


def _from_codes(tables: Tables, sales: RawTable) -> tuple[Tables, list[Finding]]:
    """The beginnings of the codes become the families; nothing where they do not group the items."""
    for pattern in (BRANCH, BEGINNING):
        families = _matches(sales, pattern)
        named = Counter(filter(None, families.values()))
        groups = len(named) + (len(families) > sum(named.values()))
        few = sum(named.values()) < _MOST * len(families)
        if len(families) > MOST_ITEMS and not few and _FEWEST_FAMILIES <= groups <= _MOST_FAMILIES:
            largest = ", ".join(f"“{name}” ({count:,} items)" for name, count in named.most_common(5))
            detail = f"{len(families):,} items in {groups} families, such as {largest}; the pattern is {pattern}"
            found = Finding(kind=told.FAMILY_FROM_CODE, table="sales", place="sku", detail=detail)
            return {**tables, "sales": _with_column(sales, families)}, [found]
    return tables, []


def _as_chosen(tables: Tables, sales: RawTable, pattern: str) -> tuple[Tables, list[Finding]]:
    """Families by a person's pattern; those of the list of items do not count any more."""
    families = _matches(sales, pattern)
    grouped = {**tables, "sales": _with_column(sales, families)}
    products = tables.get("products")
    if products is not None and "family" in products.header:
        grouped["products"] = _without_column(products, "family")
    named = [name for name in families.values() if name]
    detail = f"Pattern {pattern}: {examples(named) if named else 'found in the code of no item'}."
    return grouped, [Finding(kind=told.FAMILY_PATTERN, table="sales", detail=detail)]


def _matches(sales: RawTable, pattern: str) -> dict[str, str]:
    """Item -> first group of the pattern in its code, empty where it has none."""
    items = _cells(sales, "sku").distinct().texts.tolist()
    search = re.compile(pattern).search
    found = ((item, search(item.strip()[:_LONGEST_CODE])) for item in items)
    return {item: (match[1] or "") if match else "" for item, match in found}


def _cells(table: RawTable, name: str) -> Texts:
    return table.columns[table.header.index(name)]


def _with_column(sales: RawTable, families: dict[str, str]) -> RawTable:
    column = _cells(sales, "sku").mapped(families.__getitem__)
    others = _without_column(sales, "family")
    return replace(others, header=(*others.header, "family"), columns=(*others.columns, column))


def _without_column(table: RawTable, name: str) -> RawTable:
    kept = [place for place, label in enumerate(table.header) if label != name]
    header, columns = tuple(table.header[p] for p in kept), tuple(table.columns[p] for p in kept)
    return replace(table, header=header, columns=columns)
