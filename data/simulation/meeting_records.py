"""What the monthly round leaves on paper: assumptions, risks, decisions, actions and who came."""

from pathlib import Path

import numpy as np
import pandas as pd

from simulation import months
from simulation.random import stream

_KINDS = {
    "data preparation": (2, 60, ("Ines Duarte", "Tom Achebe")),
    "demand review": (5, 110, ("Ines Duarte", "Maria Lindqvist", "Omar Haddad", "Priya Raman", "Jonas Weber")),
    "supply review": (10, 110, ("Tom Achebe", "Grace Okafor", "Luis Moreno", "Hana Sato")),
    "pre-S&OP": (15, 120, ("Ines Duarte", "Tom Achebe", "Jonas Weber", "Maria Lindqvist", "Grace Okafor")),
    "executive S&OP": (
        20,
        180,
        ("Claire Beaumont", "Maria Lindqvist", "Grace Okafor", "David Kim", "Sofia Rossi", "Omar Haddad"),
    ),
}

_PAPERS = Path(__file__).parent / "papers"

_ACTIONS = (
    ("Collect listing plans of the five largest retailers", "Maria Lindqvist", "medium"),
    ("Check routing times of the air fryer on final assembly", "Hana Sato", "medium"),
    ("Agree delivery windows with the consumables suppliers", "Luis Moreno", "high"),
    ("Update the promotion calendar", "Omar Haddad", "low"),
    ("Reconcile the stock count of the hub", "Tom Achebe", "medium"),
    ("Prepare the budget outlook", "Jonas Weber", "high"),
)  # fmt: skip


def paper(name: str) -> pd.DataFrame:
    """What people wrote by hand (assumptions, risks, decisions): kept as text beside the simulation."""
    return pd.read_csv(_PAPERS / f"{name}.csv", dtype=str, keep_default_na=False)


def actions() -> pd.DataFrame:
    """Two actions of every cycle of the last year; most are done, some of the last ones are not."""
    rng = stream("actions")
    taken = paper("decisions").drop_duplicates("cycle").set_index("cycle")["id"]
    rows = []
    for number in range(24):
        cycle = months.OPEN_CYCLE - 12 + number // 2
        text, owner, priority = _ACTIONS[int(rng.integers(len(_ACTIONS)))]
        age = months.OPEN_CYCLE - cycle
        status = "completed" if age > 2 and rng.random() < 0.9 else "in_progress" if rng.random() < 0.5 else "open"
        follows = taken.get(months.text(cycle))
        rows.append(
            (
                f"T-{number + 1:02d}",
                text,
                owner,
                f"{months.text(cycle + 1)}-10",
                status,
                priority,
                follows,
                months.text(cycle),
            )
        )
    columns = ["id", "text", "owner", "due_date", "status", "priority", "decision_id", "cycle"]
    return pd.DataFrame(rows, columns=columns)


def meetings() -> pd.DataFrame:
    """The meetings of the last 24 cycles; of the open one only the first has been held."""
    rng = stream("meetings")
    rows = []
    for cycle in range(months.OPEN_CYCLE - 24, months.OPEN_CYCLE + 1):
        for kind, (workday, minutes, invited) in _KINDS.items():
            if cycle == months.OPEN_CYCLE and kind != "data preparation":
                continue
            came = [name for name in invited if rng.random() < 0.90]
            day = np.busday_offset(np.datetime64(months.text(cycle), "D"), workday - 1, roll="forward")
            used = round(minutes * float(rng.uniform(0.85, 1.15)) / 5) * 5
            score = round(3.2 + 0.04 * (cycle - months.OPEN_CYCLE + 24) / 2 + float(rng.normal(0.0, 0.25)), 1)
            rows.append((months.text(cycle), str(day), kind, "; ".join(came), "; ".join(invited), used, score))
    columns = ["cycle", "date", "kind", "attended", "invited", "minutes_used", "engagement_score"]
    return pd.DataFrame(rows, columns=columns)
