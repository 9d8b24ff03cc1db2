"""A page asked through its wire: any callback of the dashboard by its output, with values by `id.property`."""

import json
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

from sop_dash.components.page import LEVERS_STORE, SELECTION_STORE
from sop_dash.factory import dashboard
from sop_dash.services.bundle import Services

_OURS = {"Sec-Fetch-Site": "same-origin"}


def stores(levers: Any = None, **selection: Any) -> dict[str, Any]:
    """What the browser keeps of a person's view: the levers moved and the families, channel and months selected."""
    return {f"{SELECTION_STORE}.data": selection, f"{LEVERS_STORE}.data": levers}


class PageClient:
    """The dashboard on these use cases, without a browser."""

    def __init__(self, services: Services) -> None:
        app = dashboard(services, trusted_hosts=("localhost",), request_megabytes=30)
        self._client: FlaskClient = app.server.test_client()
        self._wires: list[dict[str, Any]] = self._client.get("/_dash-dependencies").get_json()

    def ask(self, output: str, values: Mapping[str, Any], *, by: str = "") -> dict[str, Any]:
        """What the callback with this output (`id.property`) answers, by id and property; nothing when it has no news.

        Args:
            output: One of its outputs.
            values: Inputs and states by `id.property`; a list stands for a pattern of ids: `(id, value)` pairs.
            by: The input that asks; the first one when empty.
        """
        wire = next(w for w in self._wires if output in w["output"].strip(".").split("..."))
        answer = self._client.post(
            "/_dash-update-component",
            json={
                "output": wire["output"],
                "outputs": _outputs(wire["output"]),
                "inputs": [_given(part, values) for part in wire["inputs"]],
                "changedPropIds": [by or f"{wire['inputs'][0]['id']}.{wire['inputs'][0]['property']}"],
                "state": [_given(part, values) for part in wire["state"]],
            },
            headers=_OURS,
        )
        assert answer.status_code in (200, 204), answer.get_data(as_text=True)[:500]
        return answer.get_json()["response"] if answer.status_code == 200 else {}

    def answering(self, input_id: str, writes: str = "") -> str:
        """The first output of the callback that listens to this id (and writes this `id.property`), for those that
        share an output with others.
        """
        wire = next(
            w for w in self._wires if writes in w["output"] and any(part["id"] == input_id for part in w["inputs"])
        )
        return str(wire["output"]).strip(".").split("...")[0]


def _given(part: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    value = values.get(f"{part['id']}.{part['property']}")
    if not str(part["id"]).startswith("{"):
        return {"id": part["id"], "property": part["property"], "value": value}
    return [{"id": id_, "property": part["property"], "value": one} for id_, one in value or ()]


def _outputs(text: str) -> Any:
    def one(name: str) -> dict[str, Any]:
        id_, _, prop = name.rpartition(".")
        return {"id": json.loads(id_) if id_.startswith("{") else id_, "property": prop}

    return [one(name) for name in text.strip(".").split("...")] if text.startswith("..") else one(text)
