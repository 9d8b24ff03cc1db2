"""The commands of `sop-dash`, run as a person runs them, in a home of their own."""

import csv
import json
from pathlib import Path

import pytest

from sop_dash.cli import main
from sop_dash.factory import create_services
from sop_dash.services.access import LOCAL_USER
from sop_dash.settings import data_folder, read_settings

SALES = "month,family,units,net_revenue\n2026-01,Lamps,10,100\n2026-02,Lamps,20,200\n2026-03,Lamps,30,300\n"


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "sales.csv").write_text(SALES)
    return folder


def run(home: Path, *arguments: str | Path) -> int:
    return main(["--home", str(home), *map(str, arguments)])


def test_an_empty_home_plans_the_shipped_company_and_all_figures_tie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "home", "plan", "--out", tmp_path / "plan.json") == 0
    document = json.loads((tmp_path / "plan.json").read_text())
    assert len(document["horizon"]) == 18
    assert document["horizon"][0] == "2026-11"
    assert all(row["holds"] for row in document["identities"])
    assert not document["solver"]["fallback"]
    assert "Figures tie" in capsys.readouterr().out


def test_an_import_answers_with_the_figures_of_the_sales_as_accepted(
    home: Path, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "import", lamps, "--json") == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    figures = {name: answer[name] for name in ("status", "rows", "qty", "skus", "months", "first_month", "last_month")}
    assert figures == {
        "status": "accepted",
        "rows": 3,
        "qty": 60.0,  # 10 + 20 + 30
        "skus": 1,
        "months": 3,
        "first_month": "2026-01",
        "last_month": "2026-03",
    }
    assert len(answer["data_load"]) == 64


def test_checking_keeps_nothing(tmp_path: Path, home: Path, lamps: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "import", lamps, "--check", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["data_load"] is None
    assert run(home, "plan", "--out", tmp_path / "plan.json") == 0
    assert "Brightwater" in capsys.readouterr().out


def test_a_bad_table_is_refused_whole_with_one_sentence(
    home: Path, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (lamps / "sales.csv").write_text(SALES.replace("20,200", "twenty,200"))
    assert run(home, "import", lamps, "--json") == 1
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["status"] == "rejected"
    assert "sales, row 3" in answer["message"]
    assert answer["data_load"] is None


@pytest.mark.parametrize(
    "levers, named",
    [
        ('{"overtime_max_ratio": 3}', "overtime_max_ratio"),
        ('{"overtime": 0.1}', "overtime"),
        ('{"cover_days": "many"}', "cover_days"),
        ('{"cover_days": NaN}', "NaN"),
        ('{"demand": [{"ratio": 0.1, "family": "Rockets"}]}', "Rockets"),
        ('{"demand": [{"ratio": 0.1, "from_month": "2026-11"}]}', "Nov 26"),
        ('{"lead_time_extra_months": 1.5}', "lead_time_extra_months"),
        ('{"extra_hours": [{"hours_per_month": 10, "resources": []}]}', "extra_hours"),
        ("[]", "levers"),
    ],
)
def test_a_lever_that_cannot_act_is_refused_by_name(
    tmp_path: Path, home: Path, levers: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "levers.json").write_text(levers)
    arguments = ("plan", "--levers", tmp_path / "levers.json", "--out", tmp_path / "plan.json")
    assert run(home, *arguments) == 1
    assert named in capsys.readouterr().err
    assert not (tmp_path / "plan.json").exists()


def test_a_forecast_answers_the_months_after_each_series_with_bands(tmp_path: Path, home: Path) -> None:
    lines = "unique_id,ds,y\n" + "".join(f"lamps,2025-{m:02d},100\n" for m in range(1, 13))
    (tmp_path / "in.csv").write_text(lines)
    assert run(home, "forecast", tmp_path / "in.csv", "--horizon", "2", "--out", tmp_path / "out.csv") == 0
    header, first, second = (tmp_path / "out.csv").read_text().splitlines()
    assert header == "unique_id,ds,mean,lo-80,hi-80,lo-95,hi-95,method"
    assert first.startswith("lamps,2026-01,100.0,")  # a constant series goes on as it was
    assert second.startswith("lamps,2026-02,100.0,")


def test_a_wrong_word_is_wrong_usage(home: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(home, "forecast", "in.csv", "--horizon", "0", "--out", "out.csv")
    assert stopped.value.code == 2


def test_a_backup_restores_what_was_kept(
    tmp_path: Path, home: Path, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    assert run(home, "import", lamps) == 0
    assert run(home, "backup", copy) == 0
    assert run(home, "import", data_folder() / "brightwater") == 0
    assert run(home, "restore", copy) == 0
    capsys.readouterr()
    assert run(home, "plan", "--out", tmp_path / "plan.json") == 0
    assert "Brightwater" not in capsys.readouterr().out
    assert run(home, "verify") == 0


def test_a_damaged_backup_is_not_restored(
    tmp_path: Path, home: Path, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    assert run(home, "import", lamps) == 0
    copy.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert run(home, "restore", copy) == 1
    assert "earlier backup" in capsys.readouterr().err
    assert run(home, "verify") == 0


def test_the_tables_of_supply_are_written_or_printed(
    tmp_path: Path, home: Path, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "reorder", "--out", tmp_path / "reorder.csv") == 0
    assert "to order now" in capsys.readouterr().out
    header, *rows = (tmp_path / "reorder.csv").read_text().splitlines()
    assert header.startswith("sku,name,family,")
    assert len(rows) > 150
    assert run(home, "suppliers") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + 14
    assert run(home, "logistics", "--out", tmp_path / "logistics.csv") == 0
    assert len((tmp_path / "logistics.csv").read_text().splitlines()) == 1 + 2 * 18


def test_a_company_of_sales_alone_gets_a_policy_by_family_and_is_told_what_is_missing(
    home: Path, lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "import", lamps) == 0
    capsys.readouterr()
    assert run(home, "reorder") == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("Lamps,")
    assert run(home, "suppliers") == 1
    assert "supplier_deliveries" in capsys.readouterr().err
    assert run(home, "logistics") == 1
    assert "logistics" in capsys.readouterr().err


def test_the_plan_in_force_or_any_other_approved_one_is_written_as_a_table(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.csv"
    assert run(home, "export", "plan", "--out", out) == 1
    assert "No plan stands approved." in capsys.readouterr().err
    versions = create_services(read_settings(home)).plan_versions
    answer = {"owner": "Grace", "reason": "agreed"}
    open_checks = {check.id: answer for check in versions.checklist() if not check.holds}
    kept = versions.approve(open_checks, versions.seen(), LOCAL_USER)
    assert run(home, "export", "plan", "--out", out) == 0
    assert f"Plan {kept.id} of Brightwater" in capsys.readouterr().out
    rows, frozen = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines())), kept.frozen
    assert len(rows) == len(frozen.families) * len(frozen.months)
    said = [rows[1][name] for name in ("plan", "content_hash", "approved_by", "family", "month")]
    assert said == [kept.id, kept.hash, LOCAL_USER.name, frozen.families[0], frozen.months[1]]
    assert float(rows[1]["make_units"]) == frozen.figures["make_units"][0, 1]
    assert sum(float(row["revenue_value"]) for row in rows) == pytest.approx(frozen.total("revenue_value"))
    assert run(home, "export", "plan", "--version", "2020-01-9", "--out", out) == 1
    assert f"Known: {kept.id}." in capsys.readouterr().err
    with pytest.raises(SystemExit) as wrong:
        run(home, "export", "forecast", "--out", out)
    assert wrong.value.code == 2
