"""The dashboard: `python app.py` serves it like `sop-dash serve`.

For servers that import it, `app` is the Dash app and `server` the WSGI application.
"""

import sys

if __name__ == "__main__":
    from sop_dash.cli import main

    sys.exit(main(["serve"]))

if __name__ != "__mp_main__":  # the process of a background job loads this file too, and needs no dashboard
    from sop_dash.factory import create_app
    from sop_dash.settings import read_settings

    app = create_app(read_settings())
    server = app.server
