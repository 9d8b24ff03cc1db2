"""The clock: UTC, from this machine."""

from datetime import UTC, date, datetime


def utc_now() -> str:
    """The time now as ISO text in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def today() -> date:
    """Today in UTC."""
    return datetime.now(UTC).date()
