"""The currency that a file of sales names: in a column, at the end of a heading, or beside its amounts."""

from collections.abc import Mapping

from sop_dash.core.data.checks.headers import plain_name
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.numerals import currencies_of
from sop_dash.core.data.mapping.sheets import Candidate
from sop_dash.core.data.mapping.table_words import CURRENCIES
from sop_dash.core.data.mapping.words import plain_words
from sop_dash.core.data.raw import RawTable, from_records
from sop_dash.core.model.findings import Finding

_AMOUNTS = ("net_revenue", "unit_price", "discount")
_LOOKED_AT = 1_000


def named_currency(one: Candidate) -> tuple[str, str]:
    """Three-letter code and where it stands, in words; both empty when none or several are named."""
    sheet, places = one.sheet, one.proposal.columns
    amounts = [places[name] for name in _AMOUNTS if name in places]
    if "currency" in places:
        cells = sheet.grid.columns[places["currency"]][sheet.body]
        codes, where = {cell.strip().upper() for cell in cells.used().texts} - {""}, "its column of currencies"
    else:
        words = [plain_words(sheet.labels[place]).split() for place in amounts]
        codes, where = {last[-1].upper() for last in words if last and last[-1] in CURRENCIES}, "its headings"
    if not codes:
        shown = [cell for place in amounts for cell in sheet.grid.columns[place][sheet.body[:_LOOKED_AT]]]
        codes, where = set(currencies_of(shown)), "the signs beside its amounts"
    code = next(iter(codes)) if len(codes) == 1 else ""
    known = len(code) == len("EUR") and code.isascii() and code.isalpha() and code.isupper()
    return (code, where) if known and amounts else ("", "")


def with_currency(tables: Mapping[str, RawTable], one: Candidate) -> tuple[dict[str, RawTable], list[Finding]]:
    """The tables with the currency of the sales in the table of the company, where that one names none.

    A table of the company that names another currency is left as it is, and said.
    """
    code, where = named_currency(one)
    company = tables.get("company")
    row = _only_row(company)
    given = row.get("currency", "").upper()
    if not code or given == code:
        return dict(tables), []
    if given:
        detail = f"The sales name {code}, the table company {given}: amounts are taken as {given}."
        return dict(tables), [Finding(kind=told.CURRENCY_DIFFERS, table="company", place="currency", detail=detail)]
    row["currency"] = code
    source = company.source if company is not None else one.name
    made = from_records("company", list(row), [list(row.values())], source=source)
    found = Finding(kind=told.CURRENCY_READ, table="sales", detail=f"{code}, named by {where}.")
    return {**tables, "company": made}, [found]


def _only_row(company: RawTable | None) -> dict[str, str]:
    """The cells of the table of the company by column; empty without it."""
    if company is None or company.size != 1:
        return {}
    return {plain_name(name): cells[0] for name, cells in zip(company.header, company.columns, strict=True)}
