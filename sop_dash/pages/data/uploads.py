"""What the browser sends of a chosen file, as bytes."""

import base64
import binascii
from collections import Counter
from collections.abc import Sequence

from sop_dash.core.model.errors import BadValue


def uploaded_bytes(name: str, content: str) -> bytes:
    """The content of a file. Raises `BadValue` when it did not arrive whole."""
    try:
        return base64.b64decode(content.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise BadValue("file", f"“{name[:80]}” did not arrive whole.", remedy="Choose it again.") from error


def uploaded_files(names: Sequence[str], contents: Sequence[str]) -> dict[str, bytes]:
    """Content by file name. Raises `BadValue` when a file did not arrive whole, or when two have one name."""
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        remedy = "Give one another name, or bring them one after the other."
        raise BadValue("file", f"Two of the files are called “{twice[:80]}”.", remedy=remedy)
    return {name: uploaded_bytes(name, content) for name, content in zip(names, contents, strict=True)}
