"""Write the sample company as a folder of contract tables: `python -m tests.sample_company OUT_DIR`."""

import sys
from pathlib import Path

from tests.sample_company.convert import sample_folder, sample_tables


def main(arguments: list[str]) -> int:
    """Write the tables; 2 for wrong usage, 1 without the sample."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tests.sample_company OUT_DIR\n")
        return 2
    folder = sample_folder()
    if folder is None:
        sys.stderr.write("SOP_SAMPLE_DATA names no folder with the sample.\n")
        return 1
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    for name, table in sample_tables(folder).items():
        table.to_csv(target / f"{name}.csv", index=False, lineterminator="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
