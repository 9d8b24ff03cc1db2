"""The secret of this installation: 32 random bytes in a file only its owner can read, or `SECRET_KEY` as given."""

import os
import secrets
from pathlib import Path

from sop_dash.settings import SettingsError

_SHORTEST = 16
_WELL_KNOWN = frozenset({"secret", "changeme", "password", "development", "0123456789abcdef"})


def installation_secret(home: Path, given: str | None) -> bytes:
    """Return the secret that signs sessions and keys the audit log; made once when there is none.

    Raises:
        SettingsError: A given secret is short or well known, or the file can be read by others.
    """
    if given is not None:
        if len(given) < _SHORTEST or given.lower() in _WELL_KNOWN or len(set(given)) < 4:
            raise SettingsError(f"SECRET_KEY is too weak: use at least {_SHORTEST} random characters.")
        return given.encode()
    path = home / "secret.key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise SettingsError(f"{path.name} can be read by other users of this machine: run chmod 600 on it.")
    content = path.read_bytes()
    if len(content) < _SHORTEST:
        raise SettingsError(f"{path.name} is damaged (too short): move it away to have a new one made.")
    return content
