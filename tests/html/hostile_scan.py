"""A scan in which every text that a scanned file could have written attacks the report."""

from collections.abc import Mapping

import msgspec
from synthetic_scan import made

from lambdaward.findings import Rule

HOSTILE = (
    "</script><img src=x onerror=alert(1)><!--\u202e`'\"&\x01\x02\ud800\x00"  # a page
    "\x1b[31m\x1b]8;;http://evil.example\x1b\\\x9b2J\x07\r\n"  # a terminal
    "::error file=a::%0A##[error]]]><![CDATA[<!DOCTYPE x>"  # a build server, XML
    "|\\|```\n# [x](javascript:alert(1)) @everyone #1 www.evil.example https://evil.example $x$ *_~"  # a comment
)


def hostile(text=HOSTILE):
    """The small scan and its estate with a text before every text but our own: rules, version and date."""
    scan, estate = made(3, 20)
    poisoned_scan = msgspec.structs.replace(poisoned(scan, text), rules=scan.rules, facts=scan.facts)
    return poisoned_scan, msgspec.structs.replace(
        estate, coverage=poisoned(estate.coverage, text), files=poisoned(estate.files, text)
    )


def poisoned(value, text=HOSTILE):
    """A value with every text in it prefixed."""
    match value:
        case str():
            return text + value
        case tuple():
            return tuple(poisoned(member, text) for member in value)
        case Mapping():
            return {text + str(key): poisoned(member, text) for key, member in value.items()}
        case msgspec.Struct() if not isinstance(value, Rule):
            return type(value)(**{name: poisoned(getattr(value, name), text) for name in value.__struct_fields__})
    return value
