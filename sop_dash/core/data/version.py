"""The name of a data load by its content: SHA-256 over the typed tables, whatever the order of rows and columns was."""

import hashlib

import numpy as np
import pandas as pd

from sop_dash.core.data.assembly.ordering import in_order
from sop_dash.core.data.checks.values import is_empty
from sop_dash.core.data.reading import CheckedTables


def content_version(tables: CheckedTables) -> str:
    """64 hexadecimal digits; equal for equal content. Columns that nobody knows or that are empty do not count."""
    digest = hashlib.sha256()
    for name in sorted(tables.frames):
        frame = in_order(tables.frames[name])
        digest.update(f"{name}\0{len(frame)}\0".encode())
        for column in frame.columns:
            if is_empty(frame[column]).all():
                continue  # a column added to the tables later leaves the name of older loads as it is
            digest.update(f"{column}\0".encode())
            digest.update(_bytes(frame[column]))
    return digest.hexdigest()


def _bytes(column: "pd.Series") -> bytes:
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = "\0".join(str(name).replace("\0", "\0\0") for name in column.cat.categories)
        return names.encode("utf-8", "surrogatepass") + column.cat.codes.to_numpy(dtype="<i4").tobytes()
    values = column.to_numpy(dtype="<f8") + 0.0  # -0.0 becomes 0.0
    values[np.isnan(values)] = np.nan
    return values.tobytes()
