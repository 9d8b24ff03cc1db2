"""The currency a file of sales names goes into the table of the company, and several are never mixed."""

from typing import Any

from tests.own_files import Outcome, lines, outcome

HEAD = "Date,Item,Qty,Revenue"
ROWS = (("2025-01-31", "A1", 5, "50.5"), ("2025-02-28", "A1", 6, "60.5"))


def read(text: str, **more: Any) -> Outcome:
    return outcome({"orders.csv": text, **more.pop("files", {})}, more.pop("mapping", None))


def currency(found: Outcome) -> list[str]:
    assert found.accepted
    company = found.checked.frames.get("company")
    return [] if company is None else list(company["currency"])


def test_a_column_of_currencies_a_heading_or_a_sign_names_it() -> None:
    assert currency(read(lines(f"{HEAD},Currency", *[(*row, "eur") for row in ROWS]))) == ["EUR"]
    assert currency(read(lines("Date,Item,Qty,Net revenue GBP", *ROWS))) == ["GBP"]
    found = read(lines(HEAD, *[(*row[:3], f"€ {row[3]}") for row in ROWS]))
    assert currency(found) == ["EUR"]
    assert "EUR, named by the signs beside its amounts." in found.detail("currency-read")


def test_nothing_is_made_up_where_no_currency_is_named_or_no_amount_is_brought() -> None:
    assert currency(read(lines(HEAD, *ROWS))) == []
    assert currency(read(lines("Date,Item,Qty,Currency", *[(*row[:3], "EUR") for row in ROWS]))) == []


def test_the_table_of_the_company_is_kept_and_another_currency_is_said() -> None:
    text = lines("Date,Item,Qty,Net revenue EUR", *ROWS)
    found = read(text, files={"company.csv": lines("name,currency", ("Lamps Ltd", "USD"))})
    assert currency(found) == ["USD"]
    assert "The sales name EUR, the table company USD" in found.detail("currency-differs")
    completed = read(text, files={"company.csv": lines("name,tax_ratio", ("Lamps Ltd", 0.3))})
    assert currency(completed) == ["EUR"]
    assert list(completed.checked.frames["company"]["tax_ratio"]) == [0.3]


def test_several_currencies_in_a_file_are_refused_as_before() -> None:
    text = lines(f"{HEAD},Currency", *[(*row, code) for row, code in zip(ROWS, ("EUR", "USD"), strict=True)])
    assert "mixed-currency" in read(text).blocking


def test_a_person_can_undo_it() -> None:
    text = lines("Date,Item,Qty,Net revenue EUR", *ROWS)
    assert currency(read(text, mapping={"undo": ["currency-read"]})) == []
