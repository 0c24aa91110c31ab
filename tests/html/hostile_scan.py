"""A scan in which every text that a scanned file could have written attacks the report."""

from collections.abc import Mapping

import msgspec
from synthetic_scan import made

from lambdaward.findings import Rule

HOSTILE = "</script><img src=x onerror=alert(1)><!--\u202e`'\"&\x01\x02\ud800"


def hostile():
    """The small scan and its estate with `HOSTILE` before every text but the rules' own."""
    scan, estate = made(3, 20)
    rules = scan.rules
    return msgspec.structs.replace(poisoned(scan), rules=rules), msgspec.structs.replace(
        estate, coverage=poisoned(estate.coverage), files=poisoned(estate.files)
    )


def poisoned(value):
    """A value with every text in it prefixed."""
    match value:
        case str():
            return HOSTILE + value
        case tuple():
            return tuple(map(poisoned, value))
        case Mapping():
            return {HOSTILE + str(key): poisoned(member) for key, member in value.items()}
        case msgspec.Struct() if not isinstance(value, Rule):
            return type(value)(**{name: poisoned(getattr(value, name)) for name in value.__struct_fields__})
    return value
