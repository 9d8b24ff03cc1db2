"""Long files of series for the commands `forecast` and `backtest`: every cell is read as text first."""

from pathlib import Path

import pandas as pd

from sop_dash.adapters.files.documents import write_whole
from sop_dash.core.model.errors import SopError


def read_series(path: Path) -> pd.DataFrame:
    """The columns of a long CSV file as text. Raises `SopError` when it cannot be read as a table."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except OSError as error:
        raise SopError(f"“{path.name}” cannot be read.", remedy="Check the path.") from error
    except (ValueError, pd.errors.ParserError) as error:
        raise SopError(
            f"“{path.name}” is not a table.", remedy="Bring a CSV file in UTF-8 with columns unique_id, ds and y."
        ) from error


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV, whole or not at all; text that a spreadsheet would run as a formula gets an apostrophe."""
    write_whole(path, spreadsheet_safe(frame).to_csv(index=False, lineterminator="\n").encode())


def spreadsheet_safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with text cells that begin like a formula led by an apostrophe; numbers stay numbers."""
    text = frame.select_dtypes(include=["object", "string", "category"]).columns
    safe = {name: frame[name].astype(str).str.replace(r"^(?=[=+\-@\t\r＝＋－＠])", "'", regex=True) for name in text}
    return frame.assign(**safe)
