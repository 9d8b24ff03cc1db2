"""Requests from other sites and hosts are refused before any work; every answer carries the security headers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sop_dash.adapters.web.guard import guard, health, security_headers


@pytest.fixture
def client() -> FlaskClient:
    server = Flask("guarded")
    guard(server, trusted_hosts=("localhost", "127.0.0.1"), request_megabytes=1)
    security_headers(server, ["'sha256-abc'"])
    health(server, lambda: {"database": True, "disk": False})

    @server.post("/save")
    def save() -> str:
        return "saved"

    return server.test_client()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_write_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/save", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_our_own_write_is_served(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/save", headers=headers).data == b"saved"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "[::2]"])
def test_an_unknown_host_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 400


def test_every_answer_carries_the_content_security_policy(client: FlaskClient) -> None:
    headers = client.get("/healthz").headers
    assert "script-src 'self' 'sha256-abc';" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_health_tells_life_and_readiness_apart(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    unready = client.get("/readyz")
    assert (unready.status_code, unready.json) == (503, {"database": True, "disk": False})
