"""From the sheets a company has to the tables we plan from: contract tables as they are, everything else mapped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sop_dash.core.data.checks.keys import TOTAL_ROWS
from sop_dash.core.data.grid import Grid, as_table
from sop_dash.core.data.mapping import corrections as told
from sop_dash.core.data.mapping.choices import Choices
from sop_dash.core.data.mapping.contract import follows_contract, in_plain_form
from sop_dash.core.data.mapping.currency import with_currency
from sop_dash.core.data.mapping.families import with_families
from sop_dash.core.data.mapping.holds import SALES, SheetUse, as_said, sheet_uses, table_said
from sop_dash.core.data.mapping.propose import BY_CONTENT
from sop_dash.core.data.mapping.questions import Question, Reading, finding_of
from sop_dash.core.data.mapping.sales import MappedSales, sales_of
from sop_dash.core.data.mapping.sheets import Candidate, candidate, lines_of_orders, rivals, sales_sheet
from sop_dash.core.data.mapping.stacking import one_of_each
from sop_dash.core.data.mapping.table_words import COLUMN_WORDS
from sop_dash.core.data.mapping.tables import Beside, tables_beside
from sop_dash.core.data.mapping.weeks import holds_quarters, quarter_headings
from sop_dash.core.data.mapping.words import QUARTER_WORDS, WEEK_WORDS, plain_words, score
from sop_dash.core.data.raw import RawTable, from_records
from sop_dash.core.model.findings import Finding
from sop_dash.core.model.tables import TABLES


@dataclass(frozen=True, kw_only=True)
class MappedColumn:
    """One line of the proposal: what a heading means and why."""

    meaning: str
    heading: str
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Brought:
    """Tables ready to be checked.

    Args:
        tables: Text tables by name.
        findings: What was done to the files; hand them to `read_tables`.
        questions: What a person has to answer first.
        choices: The mapping as it was used, to be kept for next month; None when nothing was mapped.
        columns: The proposal, line by line.
        headings: Headings of the sheet that was mapped.
        rows: Source rows that count as sales; None when the tables are the source.
        rows_by_month: The same by month, where a row belongs to one month.
        sources: File or sheet -> table, of what was recognised beside the tables that follow the contract.
        sheets: Every file or sheet and what it was read as.
    """

    tables: Mapping[str, RawTable]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...] = ()
    choices: Choices | None = None
    columns: tuple[MappedColumn, ...] = ()
    headings: tuple[str, ...] = ()
    rows: int | None = None
    rows_by_month: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[SheetUse, ...] = ()


def bring(grids: Sequence[Grid], choices: Choices | None = None) -> Brought:
    """Make tables of sheets. Nothing raises: what is wrong is a finding, what is open is a question.

    Args:
        grids: Every file or sheet, in the order given.
        choices: What a person decided, or what was used last month; None for nothing.
    """
    decided = choices or Choices()
    named, given, dropped = as_said(grids, decided)
    named, together = one_of_each(named)
    tables, questions, findings, others = _contract_tables(named, given)
    contract = "sales" in tables
    beside, own = _beside_sales(others, given, frozenset(tables), contract=contract)
    tables.update(beside.tables)
    findings += [*dropped, *together, *beside.findings]
    asked = (*questions, *beside.questions)
    if contract or asked:
        brought = Brought(
            tables={**_unread(beside.others), **tables},
            findings=tuple(findings),
            questions=asked,
            choices=decided if decided.plain() else None,
        )
    else:
        brought = _mapped(own, others, given, tables, tuple(findings))
    tables, said = with_families(dict(brought.tables), given)
    found = (*brought.findings, *said)
    uses = sheet_uses(grids, decided, tables, {**beside.sources, **brought.sources}, found)
    return _undone(replace(brought, tables=tables, findings=found, sheets=uses), given)


def _beside_sales(
    others: Sequence[Grid], choices: Choices, taken: frozenset[str], *, contract: bool
) -> tuple[Beside, list[Candidate]]:
    """Tables beside the sales, and the sheets that may hold the sales: all of them when nothing else would be left."""
    beside = tables_beside(others, choices, taken)
    if contract:
        return beside, []
    own = [candidate(grid, choices) for grid in beside.others if grid.size]
    if any(one.is_sales or one.is_nearly_sales for one in own) or lines_of_orders(own):
        return beside, own
    free = [grid for grid in others if table_said(grid, choices) in (None, SALES)]
    everything = [candidate(grid, choices) for grid in free if grid.size]
    if any(one.is_sales for one in everything):
        return replace(beside, tables={}, sources={}, findings=[], questions=[], others=list(others)), everything
    return beside, own


def _mapped(
    own: Sequence[Candidate],
    others: Sequence[Grid],
    given: Choices,
    tables: dict[str, RawTable],
    findings: tuple[Finding, ...],
) -> Brought:
    """Sales out of sheets of the company's own."""
    several = rivals(own, given)
    if several:
        question = _which_sales(several)
        return Brought(tables=tables, findings=(*findings, finding_of(question, "sales")), questions=(question,))
    one, found = sales_sheet(own, given)
    if one is None:
        return Brought(tables={**_unread(others), **tables}, findings=(*findings, *_nothing_found(own)))
    asked = one.proposal.questions
    mapped = MappedSales(table=None, findings=()) if asked else sales_of(one.sheet, one.proposal, given)
    asked = (*asked, *mapped.questions)
    listing = _listing(one)
    if mapped.table is not None:
        tables["sales"] = mapped.table
        if "products" not in tables and mapped.labels:
            tables["products"] = _labelled(mapped)
    undone = told.CURRENCY_READ.code in given.undo
    named, of_money = (tables, []) if undone or mapped.table is None else with_currency(tables, one)
    findings = (*findings, *found, *_told(one, listing), *mapped.findings, *of_money)
    return Brought(
        tables=named,
        findings=(*findings, *(finding_of(q, "sales") for q in asked)),
        questions=asked,
        choices=replace(given, columns={**given.columns, **{line.meaning: line.heading for line in listing}}),
        columns=listing,
        headings=one.sheet.labels,
        rows=None if mapped.table is None else mapped.rows,
        rows_by_month={} if one.sheet.months else mapped.rows_by_month,
        sources={one.name: SALES},
    )


def _which_sales(several: Sequence[Candidate]) -> Question:
    readings = tuple(
        Reading(answer=one.name, label=f"“{one.name}”", preview=(("its first row", _first_row(one)),))
        for one in several
    )
    return Question(key="sheets", name="sales", text="Which file or sheet holds the sales?", readings=readings)


def _first_row(one: Candidate) -> str:
    cells = one.sheet.grid.record(int(one.sheet.body[0])) if len(one.sheet.body) else ()
    return ", ".join(f"“{cell.strip()}”" for cell in cells if cell.strip())


def _undone(brought: Brought, choices: Choices) -> Brought:
    """Total rows stay in all tables where a person wants them."""
    if TOTAL_ROWS.code not in choices.undo:
        return brought
    return replace(brought, tables={name: replace(t, keeps_totals=True) for name, t in brought.tables.items()})


def _contract_tables(
    grids: Sequence[Grid], choices: Choices
) -> tuple[dict[str, RawTable], list[Question], list[Finding], list[Grid]]:
    """Tables that follow the contract, and the grids that do not."""
    tables: dict[str, RawTable] = {}
    questions: list[Question] = []
    findings: list[Finding] = []
    others: list[Grid] = []
    contract = any(grid.name == "sales" and follows_contract(grid) for grid in grids)
    for grid in grids:
        if grid.size == 1 and grid.is_sheet:
            continue  # a sheet of the template that nobody filled in
        fits = follows_contract(grid)
        table, uneven = as_table(grid)
        often_own = grid.name in {SALES, "products"} and not (fits and table)
        own_words = (not contract and grid.name in COLUMN_WORDS) or (not fits and table_said(grid, choices))
        if grid.name not in TABLES or often_own or own_words:
            others.append(grid)
            continue
        if not fits and not contract:
            findings.append(Finding(kind=told.TABLE_OF_OTHER_FORM, table=grid.name, place=grid.source))
            continue
        if table is None:
            findings += uneven
            continue
        plain, asked, said = in_plain_form(grid, choices) if fits else (grid, [], [])
        questions += asked
        findings += [*said, *(finding_of(question, grid.name) for question in asked)]
        tables[grid.name] = as_table(plain)[0] or table
    return tables, questions, findings, others


def _unread(others: Sequence[Grid]) -> dict[str, RawTable]:
    """Grids that could not be mapped, read strictly, so that the checks say what is missing."""
    read = {grid.name: as_table(grid)[0] for grid in others}
    return {name: table for name, table in read.items() if table is not None}


def _nothing_found(own: Sequence[Candidate]) -> list[Finding]:
    found: list[Finding] = []
    for one in own:
        uneven = as_table(one.sheet.grid)[1] if one.sheet.grid.name in TABLES else []
        known = ", ".join(f"{name} ← “{one.sheet.labels[place]}”" for name, place in one.proposal.columns.items())
        detail = f"{one.name}: {f'only {known} recognised' if known else 'no heading recognised'}.{_no_months(one)}"
        detail += _in_money(one)
        found += uneven or (
            [] if one.is_products else [Finding(kind=told.COLUMNS_UNKNOWN, table="sales", detail=detail)]
        )
    return found


def _in_money(one: Candidate) -> str:
    """Amounts without units can be planned, when a person says so."""
    known = one.proposal.columns
    if "net_revenue" not in known or "units" in known:
        return ""
    label = one.sheet.labels[known["net_revenue"]]
    return f" There are amounts but no units: name “{label}” as units in the mapping to plan in money."


def _no_months(one: Candidate) -> str:
    """Headings that promise a time but hold no dates or months."""
    across = quarter_headings(one.sheet.labels)
    if across:
        return _quarters(" … ".join(f"“{label}”" for label in dict.fromkeys((across[0], across[-1]))), "are")
    used = set(one.proposal.columns.values())
    times = [
        label
        for place, label in enumerate(one.sheet.labels)
        if place not in used and (score(label, "date") or set(plain_words(label).split()) & _PERIODS)
    ]
    if not times:
        return ""
    cells = one.sheet.grid.columns[one.sheet.labels.index(times[0])][one.sheet.below]
    if holds_quarters(cells) or set(plain_words(times[0]).split()) & QUARTER_WORDS:
        return _quarters(f"“{times[0]}”", "holds")
    return f" “{times[0]}” holds no dates, weeks or months of a year."


def _quarters(named: str, verb: str) -> str:
    return f" {named} {verb} quarters, and nothing says how they were sold: bring the sales by month."


_PERIODS = WEEK_WORDS | QUARTER_WORDS


def _listing(one: Candidate) -> tuple[MappedColumn, ...]:
    proposal, labels = one.proposal, one.sheet.labels
    return tuple(
        MappedColumn(meaning=meaning, heading=labels[place], reason=proposal.reasons[meaning])
        for meaning, place in proposal.columns.items()
    )


def _told(one: Candidate, listing: Sequence[MappedColumn]) -> list[Finding]:
    """The proposal in words, what rests on little, and where the headings were found."""
    sheet = one.sheet
    parts = [f"{line.meaning} ← “{line.heading}” ({line.reason})" for line in listing]
    if sheet.months:
        labels = [sheet.labels[column.place] for column in sheet.months]
        parts.append(f"{len(labels)} months across, “{labels[0]}” to “{labels[-1]}”")
    rest = sorted(
        set(sheet.labels) - {line.heading for line in listing} - {sheet.labels[c.place] for c in sheet.months}
    )
    unused = f" Not used: {', '.join(f'“{label}”' for label in rest)}." if rest else ""
    found = [Finding(kind=told.COLUMNS_READ, table="sales", detail=f"{'; '.join(parts)}.{unused}", count=len(parts))]
    found += [
        Finding(kind=told.COLUMN_DOUBTFUL, table="sales", place=line.heading, detail=f"Taken as {line.meaning}.")
        for line in listing
        if line.reason == BY_CONTENT or line.meaning in one.proposal.doubtful
    ]
    if sheet.header < 0:
        found.append(Finding(kind=told.NO_HEADINGS, table="sales", detail=f"{one.name}."))
    elif sheet.header > 0:
        rows = tuple(int(row) for row in sheet.grid.rows[: sheet.header])
        found.append(
            Finding(kind=told.HEADINGS_FOUND, table="sales", rows=rows, detail=f"Headings in row {sheet.header_row}.")
        )
    return found


def _labelled(mapped: MappedSales) -> RawTable:
    """Items with what stands beside them in the sales: name, family, category."""
    names = sorted({name for labels in mapped.labels.values() for name in labels})
    records = [[sku, *(labels.get(name, "") for name in names)] for sku, labels in mapped.labels.items()]
    source = mapped.table.source if mapped.table else ""
    return from_records("products", ["sku", *names], records, source=source)
