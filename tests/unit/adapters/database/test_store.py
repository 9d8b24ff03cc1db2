"""The store keeps what was confirmed, refuses to overwrite, and shows when its history was touched."""

import sqlite3
import stat
from pathlib import Path

import pytest

from sop_dash.adapters.database.engine import StoreBusy, safe_for_wal
from sop_dash.adapters.database.schema import NewerSchema
from sop_dash.adapters.database.store import DatabaseStore
from sop_dash.core.model.errors import Conflict, SopError
from sop_dash.services.ports import Change, DataLoad

SECRET = b"0123456789abcdef0123456789abcdef"


def opened(folder: Path) -> DatabaseStore:
    return DatabaseStore(f"sqlite:///{folder / 'sop.db'}", SECRET)


def note(text: str, **more: object) -> Change:
    return Change(kind="decision", company="Acme", body={"text": text}, prefix="DEC", action="record decision", **more)  # type: ignore[arg-type]  # more names fields of Change


def load(name: str) -> DataLoad:
    return DataLoad(
        id=name,
        name=name,
        source="folder",
        accepted_at="2026-11-03T00:00:00+00:00",
        accepted_by="ann",
        summary={"rows": 1},
    )


def test_what_was_saved_is_there_after_reopening(tmp_path: Path) -> None:
    store = opened(tmp_path)
    saved = store.write((note("Buy a machine"),), "ann")[0]
    store.close()
    kept = opened(tmp_path).records("decision", "Acme")
    assert [(r.id, r.version, r.body["text"]) for r in kept] == [("DEC-001", 1, "Buy a machine")]
    assert saved.changed_by == "ann"


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.write((note("first"),), "ann")
    store.write((note("by ann", id="DEC-001", seen_version=1),), "ann")
    with pytest.raises(Conflict, match="changed by ann"):
        store.write((note("by bob", id="DEC-001", seen_version=1),), "bob")
    assert store.records("decision", "Acme")[0].body == {"text": "by ann"}


def test_several_changes_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with pytest.raises(Conflict):
        store.write((note("new"), note("stale", id="DEC-009", seen_version=3)), "ann")
    assert store.records("decision", "Acme") == ()
    assert store.revision() == 0


def test_numbers_that_are_not_finite_never_reach_the_database(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with pytest.raises(SopError, match="not finite"):
        store.write(
            (Change(kind="decision", company="Acme", body={"v": float("nan")}, prefix="DEC", action="x"),), "ann"
        )
    assert store.records("decision", "Acme") == ()


def test_records_of_one_company_do_not_show_in_another(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.write((note("ours"), Change(kind="decision", company="Other", body={}, prefix="DEC", action="x")), "ann")
    assert [r.id for r in store.records("decision", "Other")] == ["DEC-001"]
    assert len(store.records("decision", "Acme")) == 1


def test_a_load_is_kept_with_its_tables_and_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.add_load(load("one"), {"sales": b"month,sku\n2026-01,A\n"})
    store.add_load(load("two"), {"sales": b"month,sku\n2026-01,B\n"})
    again = store.add_load(load("one"), {"sales": b"month,sku\n2026-01,A\n"})
    assert again.current
    assert [kept.id for kept in store.data_loads()] == ["two", "one"]
    assert store.load_tables("two")["sales"] == b"month,sku\n2026-01,B\n"
    with pytest.raises(SopError, match="not kept"):
        store.make_current("three", "ann")


def test_the_audit_log_refuses_changes_and_shows_those_made_behind_its_back(tmp_path: Path) -> None:
    store = opened(tmp_path)
    for text in ("a", "b", "c"):
        store.write((note(text),), "ann")
    assert store.audit_break() is None
    behind = sqlite3.connect(tmp_path / "sop.db")
    with pytest.raises(sqlite3.DatabaseError, match="insert only"):
        behind.execute("UPDATE audit SET user = 'eve' WHERE sequence = 2")
    behind.rollback()
    behind.execute("DROP TRIGGER audit_no_update")
    behind.execute("UPDATE audit SET user = 'eve' WHERE sequence = 2")
    behind.commit()
    behind.close()
    assert store.audit_break() == 2


def test_a_removed_audit_row_shows(tmp_path: Path) -> None:
    store = opened(tmp_path)
    for text in ("a", "b", "c"):
        store.write((note(text),), "ann")
    behind = sqlite3.connect(tmp_path / "sop.db")
    behind.execute("DROP TRIGGER audit_no_delete")
    behind.execute("DELETE FROM audit WHERE sequence = 2")
    behind.commit()
    behind.close()
    assert store.audit_break() == 2


def test_only_the_owner_can_read_the_database_file(tmp_path: Path) -> None:
    opened(tmp_path / "home")
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "home" / "sop.db").stat().st_mode) == 0o600


def test_a_database_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    opened(tmp_path).close()
    behind = sqlite3.connect(tmp_path / "sop.db")
    behind.execute("UPDATE schema_state SET version = 99")
    behind.commit()
    behind.close()
    with pytest.raises(NewerSchema, match="schema 99"):
        opened(tmp_path)


def test_a_locked_database_says_busy_and_saves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sop_dash.adapters.database.engine._BUSY_MS", 50)
    store = opened(tmp_path)
    holder = sqlite3.connect(tmp_path / "sop.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="nothing was saved"):
        store.write((note("late"),), "ann")
    holder.execute("ROLLBACK")
    holder.close()
    assert store.records("decision", "Acme") == ()


@pytest.mark.parametrize(
    "version, safe",
    [
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((3, 51, 2), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 44, 5), False),
        ((3, 45, 0), False),
        ((3, 40, 1), False),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_is_sound(version: tuple[int, ...], safe: bool) -> None:
    assert safe_for_wal(version) is safe
