"""One web service that answers in JSON: asked over TLS, with bounds on how long it may take and how much it may say."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from lambdaward.model import InputError, UsageError

SILENCE, PATIENCE = 15.0, 120.0
"""Seconds without a byte, and seconds for everything that is asked of a service, before it is given up."""

_PIECE = 1 << 16
_REMEDY = "ask again later, or import a dump: `lambdaward advisories import FILE`"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: who was allowed to be asked is who answers."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever it is asked
        """Where to go instead: nowhere. The answer is then an error like any other."""


class Service:
    """A service at an address. Raises `UsageError` unless that is `https`; on this machine `http` will do."""

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        parts = urlsplit(address)
        if not parts.hostname or parts.scheme not in ("https", "http") or parts.username or parts.query:
            raise UsageError(f"`{address}` is no address of a service: write https://HOST")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise UsageError(f"`{address}` would be asked without encryption: write https://")
        self.host = parts.netloc
        self._address = address.rstrip("/")
        self._clock = clock
        self._end = clock() + PATIENCE
        secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
        handlers = [_NoRedirect(), secure]
        if parts.scheme == "http":
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def ask(self, path: str, question: Any = None, *, limit: int) -> bytes:  # noqa: ANN401 - any JSON
        """The answer to a question (`GET` when there is none), at most so many bytes. Raises `InputError` when there is none."""
        data = None if question is None else msgspec.json.encode(question)
        request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
            self._address + path,
            data,
            {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "lambdaward"},
        )
        try:
            with self._opener.open(request, timeout=SILENCE) as answer:
                return self._read(answer, limit)
        except urllib.error.HTTPError as error:
            error.close()
            raise self._failure(f"it answered {error.code} ({error.reason})") from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise self._failure(f"it could not be asked: {reason}") from None

    def _read(self, answer: http.client.HTTPResponse, limit: int) -> bytes:
        data = bytearray()
        while piece := answer.read1(_PIECE):
            data += piece
            if len(data) > limit:
                raise self._failure(f"it answered with more than {limit:,} bytes")
            if self._clock() > self._end:
                raise self._failure(f"it took longer than {PATIENCE:.0f} seconds")
        if answer.length:
            raise self._failure(f"it broke off {answer.length:,} bytes before the end of its answer")
        return bytes(data)

    def _failure(self, problem: str) -> InputError:
        return InputError(self.host, problem[:300], _REMEDY)
