"""The dashboard: `python app.py` serves it like `sop-dash serve`.

For servers that import it, `app` is the Dash app and `server` the WSGI application.
"""

import sys

from sop_dash.cli import main
from sop_dash.factory import create_app
from sop_dash.settings import read_settings

if __name__ == "__main__":
    sys.exit(main(["serve"]))

app = create_app(read_settings())
server = app.server
