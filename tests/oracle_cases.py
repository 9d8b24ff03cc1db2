"""Worked cases with known answers: `tests/oracles/<topic>.json`, each with its source and tolerance."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

_FOLDER = Path(__file__).parent / "oracles"


@cache
def _cases(topic: str) -> dict[str, dict[str, Any]]:
    content = json.loads((_FOLDER / f"{topic}.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in content["cases"]}


def oracle(topic: str, case_id: str) -> dict[str, Any]:
    """The case with this id: `inputs`, `expected`, `tolerance`, `source`."""
    return _cases(topic)[case_id]


def assert_expected(case: dict[str, Any], name: str, found: Any) -> None:
    """Check one expected value: |found − expected| ≤ max(abs, rel × |expected|), element by element."""
    tolerance = case["tolerance"]
    relative = tolerance.get("per_key", {}).get(name, tolerance.get("rel", 1e-6))
    expected = np.asarray(case["expected"][name], dtype=np.float64)
    assert np.shape(found) == expected.shape
    allowed = np.maximum(tolerance.get("abs", 0.0), relative * np.abs(expected))
    assert np.all(np.abs(np.asarray(found, dtype=np.float64) - expected) <= allowed), (name, found, expected)
