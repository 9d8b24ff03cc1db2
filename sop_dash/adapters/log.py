"""Logs: one JSON object a line on standard error, without passwords, tokens or file contents."""

import json
import logging
import sys

from sop_dash.adapters.clock import utc_now

LOGGER = logging.getLogger("sop_dash")


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"time": utc_now(), "level": record.levelname.lower(), "message": record.getMessage()}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        for name in ("reference", "action", "object", "user", "milliseconds"):
            if hasattr(record, name):
                line[name] = getattr(record, name)
        return json.dumps(line, ensure_ascii=True, default=str)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Write our log lines to standard error; calling it again changes nothing but the level."""
    LOGGER.setLevel(level)
    if not LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_JsonLine())
        LOGGER.addHandler(handler)
        LOGGER.propagate = False
