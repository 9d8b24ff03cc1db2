"""Guards round the whole server: trusted hosts, cross-site requests, security headers, request size, health.

An installation without logins on localhost is otherwise open to any web page, by DNS rebinding or cross-site posts.
"""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from flask import Flask, Request, Response, jsonify, request
from werkzeug.exceptions import Forbidden

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def guard(server: Flask, *, trusted_hosts: tuple[str, ...], request_megabytes: int) -> None:
    """Refuse unknown hosts (400), cross-site writes (403) and oversized bodies (413) before any work is done."""
    server.config["TRUSTED_HOSTS"] = list(trusted_hosts)
    server.config["MAX_CONTENT_LENGTH"] = request_megabytes * 1_000_000
    server.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    server.config["SESSION_COOKIE_HTTPONLY"] = True

    @server.before_request
    def refuse_cross_site() -> None:
        if request.method in _WRITING and not same_site(request):
            raise Forbidden("This request came from another site.")


def same_site(asked: Request) -> bool:
    """True when the browser says the request is our own, or its origin is the host it asks."""
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    return urlsplit(asked.headers.get("Origin", "")).netloc == asked.host


def security_headers(server: Flask, script_hashes: Iterable[str]) -> None:
    """Send the content security policy and its companions with every answer.

    Args:
        server: The Flask server behind the dashboard.
        script_hashes: Hashes of the inline scripts Dash writes; computed after the last callback is registered.
    """
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(script_hashes)}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        )
    )

    @server.after_request
    def add_headers(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "same-origin"
        answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if answer.mimetype in ("application/json", "text/html"):
            answer.headers["Cache-Control"] = "no-store"
        return answer


def health(server: Flask, ready: Callable[[], dict[str, bool]]) -> None:
    """Answer `/healthz` (the process lives) and `/readyz` (each named part works; 503 otherwise). No secrets."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        parts = ready()
        return jsonify(parts), 200 if all(parts.values()) else 503
