"""What a mapping did to a file, as findings: everything that was left out, read in a certain way or computed."""

from sop_dash.core.model.findings import FindingKind, Severity


def _kind(code: str, severity: Severity, title: str, remedy: str) -> FindingKind:
    return FindingKind(code=code, severity=severity, title=title, remedy=remedy)


_TELLS, _WARNS, _BLOCKS = Severity.INFORMS, Severity.WARNS, Severity.BLOCKS

COLUMNS_READ = _kind("columns-read", _TELLS, "Columns recognised", "Change the mapping where one is wrong.")
COLUMN_DOUBTFUL = _kind(
    "column-doubtful",
    _WARNS,
    "Column taken by what stands in it",
    "Name the column in the mapping if it is another one.",
)
COLUMNS_UNKNOWN = _kind(
    "columns-unknown",
    _BLOCKS,
    "No sales found in the file",
    "Bring a table with a date or month, an item and the units sold, or name its columns in the mapping.",
)
HEADINGS_FOUND = _kind("headings-found", _TELLS, "Rows above the headings left out", "Nothing to do.")
NO_HEADINGS = _kind("no-headings", _WARNS, "File without headings", "Add a first row with the names of the columns.")
REPEATED_HEADINGS = _kind("repeated-headings", _TELLS, "Repeated headings left out", "Nothing to do.")
NOTES_LEFT_OUT = _kind("notes-left-out", _TELLS, "Notes between or below the rows left out", "Nothing to do.")
UNNAMED_TOTALS = _kind(
    "unnamed-totals",
    _WARNS,
    "Rows without month and item left out",
    "Nothing to do for totals; fill month and item if they are sales.",
)
FILLED_DOWN = _kind(
    "filled-down",
    _WARNS,
    "Names carried down to the rows below",
    "Nothing to do where a name stands only in the first row of its group; else fill the empty cells.",
)
SHEET_NOT_USED = _kind(
    "sheet-not-used",
    _TELLS,
    "File or sheet not used",
    "Say which table it holds, on the page Data or under “tables” in the mapping.",
)
TABLE_OF_OTHER_FORM = _kind(
    "table-of-other-form",
    _WARNS,
    "Table not used: it lacks columns of its kind",
    "Name its columns as the data dictionary does.",
)
TABLE_READ = _kind(
    "table-read",
    _TELLS,
    "Table recognised",
    'Say on the page Data what else it holds, or under “tables” in the mapping ("" leaves it out).',
)
TABLE_LEFT_OUT = _kind(
    "table-left-out",
    _WARNS,
    "Table left out: it cannot be read",
    "Correct the file, or leave it as it is: it is optional.",
)
ROWS_ADDED_UP = _kind(
    "rows-added-up", _TELLS, "Finer rows added up", "Nothing to do when they are parts of one, such as warehouses."
)
LAST_DAY_TAKEN = _kind(
    "last-day-taken", _TELLS, "Stock of the last day of each month taken", "Nothing to do for stock counted more often."
)
FAMILY_FROM_CATEGORY = _kind(
    "family-from-category",
    _WARNS,
    "Families taken from the category",
    "Bring a column or file with the family of each item to plan in smaller groups.",
)
FAMILY_FROM_CODE = _kind(
    "family-from-code",
    _WARNS,
    "Families taken from the beginnings of the item codes",
    "To group them otherwise, bring a column or file with families, or set “family_pattern” in the mapping.",
)
SHEETS_JOINED = _kind("sheets-joined", _TELLS, "Orders and their lines joined", "Nothing to do.")
LINES_WITHOUT_ORDER = _kind(
    "lines-without-order", _BLOCKS, "Lines whose order is missing", "Bring the order of every line: its date is there."
)
SAME_TABLE_TWICE = _kind(
    "same-table-twice", _BLOCKS, "Two files for one table", "Keep one of them, or give both the same columns."
)
SHEETS_STACKED = _kind("sheets-stacked", _TELLS, "Several sheets read as one table", "Nothing to do.")
NUMBER_SIGNS = _kind(
    "number-signs", _TELLS, "Numbers read with a decimal comma", "Name “.” in the mapping if it is wrong."
)
DATE_ORDER = _kind(
    "date-order", _TELLS, "Order of day and month", "Name the other order in the mapping if it is wrong."
)
WEEKS_IN_MONTHS = _kind(
    "weeks-in-months",
    _WARNS,
    "Weeks put into months",
    "Bring the sales by day or month if you have them, or choose another rule under “weeks” in the mapping.",
)
WEEKLY_DATES = _kind(
    "weekly-dates",
    _WARNS,
    "Dates a week apart put into the month of their day",
    "Nothing to do for days of sale; call a column of whole weeks “week” to be asked how they are shared.",
)
SERIAL_DATES = _kind("serial-dates", _TELLS, "Numbers read as spreadsheet dates", "Nothing to do.")
PLACEHOLDERS = _kind("placeholders", _TELLS, "Dashes and words for nothing read as empty", "Nothing to do.")
CANCELLED_LINES = _kind(
    "cancelled-lines", _TELLS, "Cancelled lines are no sales", "Change “cancelled” in the mapping if they are."
)
RETURNED_LINES = _kind(
    "returned-lines",
    _TELLS,
    "Returned lines kept apart from sales",
    "Change “returned” in the mapping if they are sales.",
)
NOT_ORDERED_LINES = _kind("not-ordered-lines", _TELLS, "Offers and drafts left out", "Nothing to do.")
DUPLICATE_LINES = _kind(
    "duplicate-lines",
    _WARNS,
    "Order lines that stand there twice counted once",
    "Set “duplicates” to “keep” in the mapping if they are different orders.",
)
SAME_ROWS = _kind(
    "same-rows",
    _WARNS,
    "Rows that are the same in every column",
    "They are counted, for nothing tells them apart; remove them if they were exported twice.",
)
MIXED_CURRENCY = _kind(
    "mixed-currency",
    _BLOCKS,
    "Amounts in several currencies",
    'Convert them to one, or set net_revenue to "" in the mapping to plan without money.',
)
CURRENCY_READ = _kind(
    "currency-read", _TELLS, "Currency taken from the sales", "Give it in the table company if it is another one."
)
CURRENCY_DIFFERS = _kind(
    "currency-differs",
    _WARNS,
    "The sales and the table company name different currencies",
    "Correct the table company, or convert the amounts.",
)
MIXED_UNIT = _kind(
    "mixed-unit", _BLOCKS, "Items counted in several units", "Convert the quantities of an item to one unit of measure."
)
UNITS_DIFFER = _kind(
    "units-differ",
    _WARNS,
    "Items counted in different units",
    "Totals over such items mix the units; give items of one unit a family of their own.",
)
REVENUE_COMPUTED = _kind(
    "revenue-computed", _TELLS, "Revenue computed as units × price", "Bring a column with the revenue if it differs."
)
DISCOUNT_SHARE = _kind(
    "discount-share", _TELLS, "Discount read as a share", 'Set discount to "" in the mapping if it is an amount.'
)
ONE_FAMILY = _kind(
    "one-family",
    _WARNS,
    "No item in the file",
    "Bring the item or family of every row; until then all sales are one family.",
)
FAMILY_PATTERN = _kind(
    "family-pattern", _TELLS, "Families taken from the item code", "Change the pattern in the mapping to regroup."
)
FORMULA_UNKNOWN = _kind(
    "formula-unknown",
    _BLOCKS,
    "Formulas without a stored result",
    "Open the workbook in a spreadsheet program and save it again.",
)
REVERSIBLE = frozenset(
    {
        *("total-rows", "unnamed-totals", "filled-down", "duplicate-lines", "cancelled-lines", "returned-lines"),
        *("not-ordered-lines", "revenue-computed", "family-from-category", "family-from-code"),
        "currency-read",
    }
)
"""Corrections that are not made when "undo" in the mapping lists their code; the others say in their remedy how."""

UNITS_BALANCE = _kind("units-balance", _TELLS, "Units before and after", "Nothing to do when it is what you expect.")
