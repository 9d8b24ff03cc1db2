"""What the browser sends of a chosen file, as bytes."""

import base64
import binascii

from sop_dash.core.model.errors import BadValue


def uploaded_bytes(name: str, content: str) -> bytes:
    """The content of a file. Raises `BadValue` when it did not arrive whole."""
    try:
        return base64.b64decode(content.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise BadValue("file", f"“{name[:80]}” did not arrive whole.", remedy="Choose it again.") from error
