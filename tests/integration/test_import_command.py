"""`sop-dash import` on files of a company's own: questions are answers too, the mapping settles them and is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from sop_dash.cli import main
from tests.workbooks import workbook

OPEN = "Order Date,Item,Qty\n03/04/2025,A,5\n05/06/2025,B,6\n"


@pytest.fixture
def bring(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(name: str, content: str | bytes, *options: str) -> tuple[int, dict[str, Any]]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        code = main(["--home", str(home), "import", str(file), "--json", *options])
        return code, json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


def test_a_question_is_a_refusal_with_the_question_as_message(bring: Any) -> None:
    code, answer = bring("orders.csv", OPEN)
    assert (code, answer["status"], answer["data_load"]) == (1, "rejected", None)
    assert answer["message"].startswith("The dates in “Order Date” can be read in two ways.")
    assert answer["questions"][0]["readings"][0]["answer"] == "day-month-year"
    assert (answer["rows"], answer["qty"], answer["sku_names"]) == (0, 0.0, [])


def test_the_mapping_answers_and_next_month_nothing_is_asked(bring: Any, tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text('{"date_order": {"Order Date": "day-month-year"}}')
    code, answer = bring("orders.csv", OPEN, "--map", str(tmp_path / "map.json"))
    assert (code, answer["first_month"], answer["last_month"]) == (0, "2025-04", "2025-06")
    assert (answer["rows"], answer["qty"], answer["sku_names"]) == (2, 11.0, ["A", "B"])
    code, answer = bring("orders of july.csv", OPEN + "07/07/2025,A,7\n")
    assert (code, answer["rows"], answer["last_month"]) == (0, 3, "2025-07")


def test_a_mapping_that_cannot_be_used_is_one_sentence(bring: Any, tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text('{"colums": {}}')
    code, answer = bring("orders.csv", OPEN, "--map", str(tmp_path / "map.json"))
    assert (code, answer["status"]) == (1, "rejected")
    assert "colums" in answer["message"]


def test_rows_are_the_source_rows_that_count_as_sales(bring: Any) -> None:
    text = (
        "Order Date,Order No,Item,Qty,Status\n2025-01-05,1,A,10,Shipped\n2025-01-06,1,A,10,Shipped\n"
        "2025-02-06,2,A,5,Cancelled\n2025-02-07,3,A,18,Shipped\n2025-02-07,3,A,18,Shipped\nTotal,,,61,\n"
    )
    code, answer = bring("lines.csv", text)
    assert (code, answer["rows"], answer["qty"], answer["months"]) == (0, 3, 38.0, 2)  # 10 + 10 + 18
    assert any(note.startswith("Order lines that stand there twice") for note in answer["notes"])


def test_months_across_count_a_row_once(bring: Any) -> None:
    code, answer = bring("wide.csv", "Item,Jan 2025,Feb 2025\nA,1,2\nB,3,4\n")
    assert (code, answer["rows"], answer["qty"], answer["months"]) == (0, 2, 10.0, 2)


def test_a_workbook_is_imported_and_planned(bring: Any, tmp_path: Path, home: Path) -> None:
    rows = [[f"2025-{month:02d}-17", "A", 100 + month] for month in range(1, 13)]
    code, answer = bring("year.xlsx", workbook({"Data": [["Date", "Item", "Qty"], *rows]}))
    assert (code, answer["months"], answer["qty"]) == (0, 12, 1278.0)  # 12 × 100 + 78
    assert main(["--home", str(home), "plan", "--out", str(tmp_path / "plan.json")]) == 0
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert plan["horizon"][0] == "2026-01"
    assert all(row["holds"] for row in plan["identities"])


def test_a_workbook_made_to_hurt_is_one_sentence(bring: Any) -> None:
    code, answer = bring("bad.xlsx", b"PK\x03\x04" + b"\0" * 100)
    assert (code, answer["status"]) == (1, "rejected")
    assert "Workbook cannot be read".lower() in answer["message"]


def test_an_answer_about_a_table_of_ours_is_kept_with_the_load(bring: Any, tmp_path: Path, home: Path) -> None:
    (tmp_path / "map.json").write_text('{"date_order": {"month": "day-month-year"}}')
    text = "month,sku,units\n03/04/2025,A,5\n05/06/2025,A,6\n"
    code, answer = bring("sales.csv", text, "--map", str(tmp_path / "map.json"))
    assert (code, answer["first_month"], answer["last_month"]) == (0, "2025-04", "2025-06")
    assert main(["--home", str(home), "plan", "--out", str(tmp_path / "plan.json")]) == 0
    assert json.loads((tmp_path / "plan.json").read_text())["horizon"][0] == "2025-07"


def test_issues_name_file_rows_column_and_remedy(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "orders.csv").write_text("Date,Item,Qty\n2025-01-05,A,five\n2025-02-05,A,6\n2025-03-05,A,6\n")
    assert main(["--home", str(home), "import", str(tmp_path / "orders.csv")]) == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("blocks: Not a number"))
    assert line.startswith("blocks: Not a number · orders.csv, rows 2, Qty. Found “five”. Write numbers")


def test_two_files_of_one_name_are_not_mixed_up(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sales.csv").write_text("month,sku,units\n2025-01,A,5\n")
    files = [str(tmp_path / folder / "sales.csv") for folder in ("a", "b")]
    assert main(["--home", str(home), "import", *files]) == 1
    assert "Two files are called “sales.csv”" in "".join(capsys.readouterr())
