"""How an import is told to people and programs on the command line: one line an issue, one object for all of it."""

from typing import Any

from sop_dash.core.data.mapping.questions import Question
from sop_dash.core.model.findings import Finding
from sop_dash.services.imports import Preview


def issue_line(finding: Finding) -> str:
    """What is wrong, where (file, sheet, rows, column) and what to do about it."""
    rows = ", ".join(map(str, finding.rows[:5])) + (", …" if len(finding.rows) > 5 else "")
    places = (finding.source or finding.table, f"rows {rows}" if finding.rows else "", finding.place)
    where = ", ".join(part for part in places if part)
    words = " ".join(part for part in (finding.detail, finding.kind.remedy) if part)
    return f"{finding.kind.severity}: {finding.kind.title}{f' · {where}' if where else ''}. {words}"


def import_answer(preview: Preview, load_id: str | None) -> dict[str, Any]:
    """The object of `import --json`; `load_id` is None where nothing was accepted."""
    figures = ("rows", "qty", "skus", "months", "sku_names", "first_month", "last_month")
    empty: dict[str, Any] = {"rows": 0, "qty": 0.0, "skus": 0, "months": 0, "sku_names": []}
    return {
        "status": "accepted" if preview.accepted else "rejected",
        "message": preview.message,
        "notes": [f"{f.kind.title}: {f.detail or f.place}".rstrip(": ") for f in preview.findings],
        **{name: preview.summary.get(name, empty.get(name)) for name in figures},
        "data_load": load_id,
        "mapping": preview.mapping,
        "questions": [_question(question) for question in preview.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    readings = [{"answer": r.answer, "label": r.label, "preview": dict(r.preview)} for r in question.readings]
    return {"key": question.key, "name": question.name, "text": question.text, "readings": readings}
