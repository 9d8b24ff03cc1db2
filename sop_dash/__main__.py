"""`python -m sop_dash` is the `sop-dash` command."""

import sys

from sop_dash.cli import main

if __name__ == "__main__":
    sys.exit(main())
