"""Values with a structure: what is inside a URL, a connection string, JSON, Base64, gzip. Each part is judged by itself."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from lambdaward.model import pattern

MOST_DECODED = 1 << 18
"""How many characters a decoded value has at most. What is longer is not looked into."""

_MOST_PARTS = 256

_USER = pattern(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.:-]{0,40}?)://(?P<user>[^\s:/?#@\"'<>]{0,256})(?::(?P<password>[^\s\"'<>]{1,512}?))?"
    r"@(?P<host>[\w\[.*$%{}<-][\w.\[\]:${}%*,<>-]*)(?=[/?#,;)\s\"']|$)"
)
_DRIVER = pattern(
    r"(?P<user>[\w.${}-]{1,128}):(?P<password>[^\s\"']{1,256}?)@(?:(?:tcp|unix)\([^)]+\)|[\w.${}-]+:\d{2,5})(?:/\S*)?"
)
_THIN = pattern(
    r"(?:jdbc:oracle:\w+:|(?<!\S))(?P<user>[\w.$-]{1,128})/(?P<password>[^@/\s]{1,256})@(?://)?[\w.-]+(?:[:/]\S*)?(?!\S)"
)
_CURL = pattern(r"(?:^|\s)(?:-u|--user)[ =]?[\"']?(?P<user>[\w.@+-]{1,64}):(?P<password>[^\s\"']{3,256})")
# `.netrc`, and a line of `.pgpass`.
_NETRC = pattern(r"\blogin\s+(?P<user>\S{1,128})\s+password\s+(?P<password>\S{1,256})")
_PGPASS = pattern(r"[\w.*-]+:(?:\d{2,5}|\*):[\w.*-]+:(?P<user>[\w.-]+):(?P<password>[^\s:]{4,256})(?!\S)")
# A header, and a member of a mapping as Python and JavaScript write it.
_HEADER = pattern(r"(?:^|[,;\n]\s*)(?P<name>[A-Za-z][\w-]{1,63}):[ \t]+(?P<value>[^\s,;]{6,1024})(?=[,;\n]|$)")
_MEMBER = pattern(r"[{,\s]['\"](?P<name>[\w.-]{1,64})['\"]\s*:\s*['\"](?P<value>[^'\"\n]{1,1024})['\"]")
_QUERY = pattern(r"[?&;#](?P<name>[\w.\-\[\]]{1,64})=(?P<value>[^&;#\s\"']{1,1024})")
_PAIR = pattern(
    r"(?:^|[;&,\n\t ])\s*(?:-{1,2}|-D|/)?(?P<name>[A-Za-z_][\w.-]{0,63}(?: [A-Za-z]{2,16}){0,2})\s*=\s*"
    r"(?P<value>\"[^\"\n]{0,1024}\"|'[^'\n]{0,1024}'|[^;&,\n\"']{1,1024}?(?=$|[;&\n]|,\s*[\w.-]+\s*=|\s+(?:-{1,2}|-D)?[A-Za-z_][\w.-]*\s*=))"
)
_LINE = pattern(
    r"(?m)^[ \t]*(?:export[ \t]+)?[\"']?(?P<name>[A-Za-z_][\w.-]{0,63})[\"']?[ \t]*[:=][ \t]*(?P<value>\S[^\n]{0,1024})$"
)
_FLAGGED = pattern(r"--?(?P<name>[A-Za-z][\w-]{1,40})[ \t]+(?P<value>[^\s-]\S{0,255})")
_BASE64 = pattern(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_BASIC = pattern(r"(?i)(?:basic|bearer|token|apikey)[ \t:]+(?P<value>\S{6,4096})")
_COLON = pattern(r"(?P<user>[\w.@+-]{1,64}):(?P<password>[^\s:/]{3,128})")


_LOGINS = (_THIN, _CURL, _NETRC, _PGPASS)


class Part(Struct, frozen=True):
    """A part of a value: the step that leads to it, the name that it has there, and its text. `login` is whether it stands
    where nothing but a password does, `user` who logs in with it."""

    step: str
    name: str
    text: str
    login: bool = False
    user: str = ""


def logins(value: str) -> Iterator[Part]:
    """The passwords of URLs and of connection strings that are written like one. A lone name before the host is a token,
    when it is long enough for one."""
    for match in _USER.finditer(value):
        password, user = match["password"], match["user"]
        if password:
            yield Part("url password", "password", password, login=True, user=user)
        elif len(user) >= 16:
            yield Part("url user", "", user)
    plain = value if "://" not in value else ""
    for match in (*_DRIVER.finditer(plain), *(each for form in _LOGINS for each in form.finditer(value))):
        yield Part("connection string password", "password", match["password"], login=True, user=match["user"])


def queries(value: str) -> Iterator[Part]:
    """The parameters of a URL."""
    for match in _QUERY.finditer(value):
        name = "signature_token" if match["name"].lower() in ("sig", "signature", "x-amz-signature") else match["name"]
        yield Part(f"parameter {match['name']}", name, match["value"])


def pairs(value: str) -> Iterator[Part]:
    """The pairs of a connection string, a set of options or a file of settings."""
    if "=" in value:
        for match in _PAIR.finditer(value):
            yield Part(f"setting {match['name']}", match["name"], _bare(match["value"]))
    if "\n" in value:
        for match in _LINE.finditer(value):
            yield Part(f"setting {match['name']}", match["name"], _bare(match["value"].strip().rstrip(",;")))
    if ":" in value:
        for match in (*_HEADER.finditer(value), *_MEMBER.finditer(value)):
            yield Part(f"setting {match['name']}", match["name"], match["value"])
    if "-" in value and " " in value:
        for match in _FLAGGED.finditer(value):
            yield Part(f"option {match['name']}", match["name"], _bare(match["value"]))


def documents(value: str) -> list[Part] | None:
    """The leaves of a JSON document with their names; `None` when a value is none."""
    if value[:1] not in ("{", "[") or len(value) > MOST_DECODED:
        return None
    try:
        document = json.loads(value, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    found: list[Part] = []
    _leaves(document, "", found)
    return found


def _leaves(document: object, name: str, found: list[Part]) -> None:
    """Gather the leaves, without recursion: documents may be deep. `[{"Name": n, "Value": v}]` names its values too."""
    stack: list[tuple[object, str]] = [(document, name)]
    while stack and len(found) < _MOST_PARTS:
        value, name = stack.pop()
        if isinstance(value, dict):
            members = _as_key(value)
            named = next((value[key] for key in ("name", "Name", "key", "Key") if isinstance(value.get(key), str)), "")
            for key, member in reversed(members.items()):
                stack.append((member, named if named and str(key).lower() == "value" else str(key)))
        elif isinstance(value, list):
            stack += [(member, name) for member in reversed(value)]
        elif isinstance(value, str):
            found.append(Part(f"json {name}".strip(), name, value))


def _as_key(value: dict[str, Any]) -> dict[str, Any]:
    """A JSON Web Key with its private parts called so."""
    kept = {"oct": "k", "RSA": "d", "EC": "d", "OKP": "d"}.get(str(value.get("kty")))
    return {"private_key" if key == kept else key: member for key, member in value.items()} if kept else value


def header(value: str) -> Part | None:
    """What stands behind the scheme of an `Authorization` header."""
    match = _BASIC.fullmatch(value)
    return Part("header", "authorization_token", match["value"]) if match else None


def user_and_password(value: str) -> Part | None:
    """The password of a text of the form `user:password`."""
    match = _COLON.fullmatch(value)
    return Part("user and password", "password", match["password"], login=True, user=match["user"]) if match else None


def decoded(value: str) -> Part | None:
    """The text that a value is the Base64 of, gunzipped when it is compressed; `None` when it is no text."""
    bare = "".join(value.split())
    if len(bare) > MOST_DECODED or not _BASE64.fullmatch(bare):
        return None
    try:
        data = base64.b64decode(bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None
    step = "base64"
    if data[:2] == b"\x1f\x8b":
        data, step = _gunzipped(data), "gzip"
    text = _text(data)
    return Part(step, "", text) if text else None


def _gunzipped(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data, MOST_DECODED)
    except zlib.error:
        return b""


def _text(data: bytes) -> str:
    """Bytes as text, when they are plain text and nothing else."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    plain = all(char.isprintable() or char in "\r\n\t" for char in text)
    return text if plain and len(text) >= 6 else ""


def _bare(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
