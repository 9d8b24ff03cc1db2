"""What may differ between two installations: read once at start, then frozen.

`sop.toml` in the home folder says it, `SOP_...` in the environment wins over that, and what the command line was told
wins over both. `SETTINGS` describes every one of them for `sop-dash doctor` and the README. How a company plans
(horizon, targets, costs) is not here: that is edited on the Data page and kept in the store.
"""

import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

FILE_NAME = "sop.toml"
HOME_VARIABLE = "SOP_HOME"
LOCAL_LOGIN = "local"
LOCAL_HOSTS = ("127.0.0.1", "localhost")
DATABASE_SCHEMES = ("sqlite:///", "postgresql+psycopg://")


class SettingsError(Exception):
    """A setting cannot be used; the text is one sentence for the person who set it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One installation. Sizes are upper limits; a megabyte is 1,000,000 bytes, a kilobyte 1,000."""

    home: Path
    database_url: str
    jobs: str
    login_mode: str
    host: str
    port: int
    trusted_hosts: tuple[str, ...]
    request_megabytes: int
    upload_megabytes: int
    upload_rows: int
    upload_columns: int
    upload_cells: int
    upload_field_kilobytes: int
    file_megabytes: int
    file_cells: int
    workbook_unpacked_megabytes: int
    workbook_part_megabytes: int
    workbook_parts: int
    workbook_ratio: int
    workbook_range_cells: int
    workbook_memory_megabytes: int
    file_cpu_seconds: int
    file_seconds: int

    def __post_init__(self) -> None:
        """Refuse what is only wrong together.

        Raises:
            SettingsError: Without logins any other address would let everybody in; an upload travels inside a request
                and grows by a third on the way.
        """
        if self.login_mode == LOCAL_LOGIN and not _is_loopback(self.host):
            raise SettingsError(
                f"The dashboard has no logins yet, so it listens on this machine only: host {self.host!r} is refused, "
                f"use 127.0.0.1."
            )
        if self.upload_megabytes * 4 > self.request_megabytes * 3:
            raise SettingsError(
                f"An upload of {self.upload_megabytes} MB does not fit a request of {self.request_megabytes} MB: "
                f"set request.megabytes to at least {-(-self.upload_megabytes * 4 // 3)}."
            )


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One line of the table of settings."""

    key: str
    default: str
    meaning: str
    read: Callable[[Any], Any]

    @property
    def field(self) -> str:
        """Its name in `Settings`."""
        return self.key.replace(".", "_")

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"SOP_{self.field.upper()}"


def _one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"it must be {' or '.join(choices)}")
        return str(value)

    return read


def _whole_number(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        text = "" if isinstance(value, bool | float) else str(value).strip()
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"it must be a whole number from {low:,} to {high:,}")
        return int(text)

    return read


def _host(value: Any) -> str:
    name = value.strip() if isinstance(value, str) else ""
    if not name or any(mark in name for mark in " /@"):
        raise ValueError("it must be an address or a host name, such as 127.0.0.1")
    return name


def _hosts(value: Any) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not names:
        raise ValueError('it must be a list of host names, such as ["localhost", "plan.example.com"]')
    return tuple(_host(name) for name in names)


def _database(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith(DATABASE_SCHEMES):
        raise ValueError(f"it must start with {' or '.join(DATABASE_SCHEMES)}")
    return value


_COUNT = _whole_number(1, 1_000_000)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="database.url",
        default="sqlite:///{home}/sop.db",
        meaning="where plans, decisions and data loads are kept",
        read=_database,
    ),
    Setting(
        key="jobs", default="diskcache", meaning="what runs long work in the background", read=_one_of("diskcache")
    ),
    Setting(
        key="login.mode",
        default=LOCAL_LOGIN,
        meaning="who may use the dashboard: local is one person on this machine, without a login",
        read=_one_of(LOCAL_LOGIN),
    ),
    Setting(key="host", default=LOCAL_HOSTS[0], meaning="the address the dashboard listens on", read=_host),
    Setting(
        key="port",
        default="8050",
        meaning="the port the dashboard listens on; 0 takes a free one",
        read=_whole_number(0, 65_535),
    ),
    Setting(
        key="trusted_hosts",
        default=", ".join(LOCAL_HOSTS),
        meaning="the host names a browser may use for the dashboard; any other gets no answer",
        read=_hosts,
    ),
    Setting(
        key="request.megabytes",
        default="30",
        meaning="the largest request; an upload grows by a third inside one",
        read=_whole_number(1, 2_000),
    ),
    Setting(
        key="upload.megabytes",
        default="20",
        meaning="the largest file uploaded in the browser",
        read=_whole_number(1, 1_500),
    ),
    Setting(
        key="upload.rows", default="1000000", meaning="the most rows of a table", read=_whole_number(1, 100_000_000)
    ),
    Setting(key="upload.columns", default="1000", meaning="the most columns of a table", read=_whole_number(1, 16_384)),
    Setting(
        key="upload.cells",
        default="2000000",
        meaning="the most cells of an uploaded file",
        read=_whole_number(1, 1_000_000_000),
    ),
    Setting(
        key="upload.field_kilobytes",
        default="64",
        meaning="the longest text in one cell",
        read=_whole_number(1, 1_000),
    ),
    Setting(
        key="file.megabytes",
        default="500",
        meaning="the largest CSV file read by the command line",
        read=_whole_number(1, 100_000),
    ),
    Setting(
        key="file.cells",
        default="20000000",
        meaning="the most cells of a CSV file read by the command line",
        read=_whole_number(1, 10_000_000_000),
    ),
    Setting(key="workbook.unpacked_megabytes", default="200", meaning="the most a workbook may unpack to", read=_COUNT),
    Setting(
        key="workbook.part_megabytes",
        default="200",
        meaning="the most one part of a workbook may unpack to",
        read=_COUNT,
    ),
    Setting(key="workbook.parts", default="2000", meaning="the most parts of a workbook", read=_COUNT),
    Setting(
        key="workbook.ratio",
        default="300",
        meaning="how many times smaller than unpacked a part over 1 MB may be",
        read=_COUNT,
    ),
    Setting(
        key="workbook.range_cells",
        default="5000000",
        meaning="the most cells between the first and the last cell used in a sheet",
        read=_whole_number(1, 20_000_000_000),
    ),
    Setting(
        key="workbook.memory_megabytes",
        default="2000",
        meaning="the most memory the process that reads a file may take",
        read=_COUNT,
    ),
    Setting(
        key="file.cpu_seconds",
        default="20",
        meaning="the most seconds of processor time to read a workbook or an uploaded text file",
        read=_COUNT,
    ),
    Setting(
        key="file.seconds",
        default="120",
        meaning="the most seconds to read a file in all, and of processor time for a CSV file on the command line",
        read=_COUNT,
    ),
)


def read_settings(
    home: Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> Settings:
    """Read the settings of one installation.

    Args:
        home: Its folder, which need not exist yet; None means `$SOP_HOME`, else the system's folder for user data.
        environment: In place of the process's own environment.
        overrides: What the command line was told, by key (`{"port": 9000}`); None values count as not told.

    Returns:
        The settings, complete and checked. Nothing is created.

    Raises:
        SettingsError: A value cannot be used, the file cannot be read, or it names a setting that does not exist.
    """
    variables = os.environ if environment is None else environment
    folder = (home or default_home(variables)).expanduser().absolute()
    written = _file_values(folder / FILE_NAME)
    told = {key: value for key, value in (overrides or {}).items() if value is not None}
    if unknown := sorted((set(written) | set(told)) - {setting.key for setting in SETTINGS}):
        raise SettingsError(f"There is no setting named {unknown[0]!r} (in {FILE_NAME}); see `sop-dash doctor`.")
    values = {}
    for setting in SETTINGS:
        place = "its default"
        value: object = setting.default.replace("{home}", folder.as_posix())
        if setting.key in written:
            place, value = FILE_NAME, written[setting.key]
        if variables.get(setting.variable):
            place, value = f"the environment ({setting.variable})", variables[setting.variable]
        if setting.key in told:
            place, value = "the command line", told[setting.key]
        try:
            values[setting.field] = setting.read(value)
        except ValueError as reason:
            raise SettingsError(f"{setting.key} = {value!r} in {place} cannot be used: {reason}.") from reason
    return Settings(home=folder, **values)


def default_home(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Name the folder of an installation that was told none: `$SOP_HOME`, else the system's folder for user data."""
    if named := environment.get(HOME_VARIABLE):
        return Path(named)
    if platform == "win32":
        base = environment.get("LOCALAPPDATA") or "~/AppData/Local"
    elif platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = environment.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "sop-dash"


def assets_folder() -> Path:
    """Name the folder of styles, fonts and scripts."""
    return _shipped("assets")


def data_folder() -> Path:
    """Name the folder of the company that ships and of the import template."""
    return _shipped("data")


def _shipped(name: str) -> Path:
    """An installation holds the folder inside the package, a clone beside it."""
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def _file_values(path: Path) -> dict[str, object]:
    """Values of the file by dotted key; no file is no values."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as reason:
        raise SettingsError(f"{FILE_NAME} in the home folder cannot be read as UTF-8 text.") from reason
    try:
        return _dotted(tomllib.loads(text))
    except tomllib.TOMLDecodeError as reason:
        raise SettingsError(f"{FILE_NAME} in the home folder is not valid TOML: {reason}.") from reason


def _dotted(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            values |= _dotted(value, f"{prefix}{key}.")
        else:
            values[f"{prefix}{key}"] = value
    return values


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
