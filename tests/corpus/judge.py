"""Bring a case and compare it with its label."""

import math

from sop_dash.core.data import build_inputs, content_version
from sop_dash.core.model.errors import SopError
from tests.corpus.cases import ACCEPT, ASK, REFUSE, Case
from tests.own_files import Outcome, outcome

_CLOSE = 1e-6


def verdict(case: Case) -> str:
    """Empty when the answer is right, else what is wrong; a crash is an exception."""
    found = outcome(case.files, case.mapping)
    answer = ASK if found.brought.questions else ACCEPT if found.accepted else REFUSE
    if answer != case.answer:
        return f"{answer} instead of {case.answer}: {sorted(found.blocking)}"
    if not case.codes <= found.codes:
        return f"not told: {sorted(case.codes - found.codes)}"
    return _totals(case, found) if answer == ACCEPT else _refusal(found)


def _totals(case: Case, found: Outcome) -> str:
    build_inputs(found.checked, version=content_version(found.checked))
    if case.units is not None and not math.isclose(found.units, case.units, rel_tol=_CLOSE):
        return f"{found.units} units instead of {case.units}"
    money = math.fsum(value for value in found.column("net_revenue") if not math.isnan(value))
    if case.money is not None and not math.isclose(money, case.money, rel_tol=_CLOSE):
        return f"{money} of money instead of {case.money}"
    return ""


def _refusal(found: Outcome) -> str:
    """A refusal names what to do, and shows no inside of ours."""
    words = " ".join(f"{f.kind.title} {f.detail} {f.kind.remedy}" for f in found.checked.findings if f.blocks)
    remedies = all(f.kind.remedy for f in found.checked.findings if f.blocks)
    leaks = [sign for sign in ("Traceback", "Error(", "/usr/", "site-packages", "dtype", "NoneType") if sign in words]
    return "" if remedies and not leaks else f"words: {leaks or 'no remedy'}"


def survives(case: Case) -> str:
    """For damaged files: any clear answer is right, a crash or a silent contradiction is not."""
    found = outcome(case.files, case.mapping)
    if not found.accepted:
        return _refusal(found)
    try:
        build_inputs(found.checked, version=content_version(found.checked))
    except SopError:
        return ""
    return ""
