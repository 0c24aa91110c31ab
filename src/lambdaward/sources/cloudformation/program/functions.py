"""The intrinsic functions, one short function each. `Fn::If` is the evaluator's own: it decides which branch is read."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from lambdaward.model import (
    OneOf,
    Pseudo,
    Redacted,
    Ref,
    Text,
    Unknown,
    Value,
    alternatives,
    dig,
    each,
    literal,
    one_of,
    pattern,
    show,
    text,
    unknowns,
)
from lambdaward.sources.cloudformation.node import ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.dynamic import dynamic
from lambdaward.sources.cloudformation.program.joining import MOST, part
from lambdaward.sources.cloudformation.program.names import NO_VALUE, PSEUDO

if TYPE_CHECKING:
    from lambdaward.sources.cloudformation.program.evaluator import Evaluator

_HOLE = pattern(r"\$\{(!?)([^${}]{0,512})\}")
_MOST_SUBNETS = 256


def ref(run: Evaluator, argument: Node) -> Value:
    """`Ref`: a pseudo parameter, a parameter, or what a resource's Ref returns."""
    name = argument.text if isinstance(argument, ScalarNode) else literal(run.value(argument))
    if not name:
        return run.fault(argument, "Ref takes a name", "name a parameter or resource")
    return named(run, argument, name)


def named(run: Evaluator, node: Node, name: str) -> Value:
    """The value behind a name."""
    if name == NO_VALUE:
        return None
    if name in PSEUDO:
        return run.world.pseudo(name)
    if name in run.parameters:
        parameter = run.parameters[name]
        if parameter.assumed:
            run.touch(name)
        return parameter.value
    found = run.world.attribute(name, "Ref")
    if found is None:
        return run.fault(node, f"`{name}` is neither a parameter nor a resource", "declare it, or correct the name")
    return found


def get_att(run: Evaluator, argument: Node) -> Value:
    """`Fn::GetAtt`: an attribute of a resource; the attribute's name may itself be a reference."""
    if isinstance(argument, ScalarNode):
        resource, _, attribute = argument.text.partition(".")
    elif isinstance(argument, ListNode) and len(argument.items) >= 2:
        first, *rest = (literal(run.value(item)) or "" for item in argument.items)
        resource, attribute = first, ".".join(rest)
    else:
        return run.fault(argument, "Fn::GetAtt takes a resource and an attribute", "write [Resource, Attribute]")
    return _attribute(run, argument, resource, attribute)


def _attribute(run: Evaluator, node: Node, resource: str, attribute: str) -> Value:
    found = run.world.attribute(resource, attribute) if resource and attribute else None
    if found is None:
        return run.fault(node, f"there is no resource `{resource}`", "declare it, or correct the name")
    return found


def sub(run: Evaluator, argument: Node) -> Value:
    """`Fn::Sub`: a text with `${Name}`, `${Resource.Attribute}` and `${!literal}`; and its own variables."""
    own: dict[str, Value] = {}
    template = argument
    if isinstance(argument, ListNode) and len(argument.items) == 2:
        template, variables = argument.items
        own = {key: run.value(node) for key, node in variables} if isinstance(variables, MapNode) else {}
    pattern = template.text if isinstance(template, ScalarNode) else literal(run.value(template))
    if pattern is None:
        return run.fault(argument, "Fn::Sub takes a text, or a text and its variables", "write a text")
    pieces: list[Value] = []
    position = 0
    for match in _HOLE.finditer(pattern):
        pieces += [pattern[position : match.start()], _hole(run, template, match, own)]
        position = match.end()
    return _dynamic(run.join([*pieces, pattern[position:]]))


def _hole(run: Evaluator, node: Node, match: re.Match[str], own: Mapping[str, Value]) -> Value:
    name = match[2].strip()
    if match[1]:
        return "${" + match[2] + "}"
    if name in own:
        return own[name]
    resource, dot, attribute = name.partition(".")
    return _attribute(run, node, resource, attribute) if dot else named(run, node, name)


def _dynamic(value: Value) -> Value:
    """Dynamic references may only come about by substitution."""
    return each(value, lambda v: dynamic(v) if isinstance(v, str | Text) and "{{resolve:" in show(v) else v)


def join_list(run: Evaluator, argument: Node) -> Value:
    """`Fn::Join`: the members of a list with a delimiter between them."""
    if not isinstance(argument, ListNode) or len(argument.items) != 2:
        return run.fault(argument, "Fn::Join takes a delimiter and a list", "write [delimiter, [values]]")
    delimiter = literal(run.value(argument.items[0]))
    members = run.value(argument.items[1])
    if delimiter is None:
        return run.fault(argument, "the delimiter of Fn::Join is not a plain text", "write it out")

    def joined(value: Value) -> Value:
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Text):
            return Unknown("a list that only deployment gives")
        if not isinstance(value, tuple):
            return run.fault(argument, "Fn::Join takes a list", "write a list of values")
        return _dynamic(run.join(value, delimiter))

    return each(members, joined)


def split(run: Evaluator, argument: Node) -> Value:
    """`Fn::Split`: a text cut at a delimiter. Holes stay inside the pieces they are in."""
    if not isinstance(argument, ListNode) or len(argument.items) != 2:
        return run.fault(argument, "Fn::Split takes a delimiter and a text", "write [delimiter, text]")
    delimiter = literal(run.value(argument.items[0]))
    if not delimiter:
        return run.fault(argument, "the delimiter of Fn::Split is not a plain text", "write it out")
    return each(run.value(argument.items[1]), lambda value: _split(value, delimiter))


def _split(value: Value, delimiter: str) -> Value:
    if isinstance(value, str):
        return tuple(value.split(delimiter))
    if not isinstance(value, Text):
        return value if isinstance(value, Unknown) else Unknown("a value that is no text cannot be split")
    if delimiter == "/" and (host := _host(value)):
        return ("https:", "", host, "")
    if not _splits(value, delimiter):
        return Unknown("the parts of a text that only deployment gives")
    pieces: list[str | Text] = [""]
    for piece in value.parts:
        if isinstance(piece, str):
            first, *rest = piece.split(delimiter)
            pieces = [*pieces[:-1], text(pieces[-1], first), *rest]
        else:
            pieces[-1] = text(pieces[-1], piece)
    return tuple(pieces)


def _host(value: Text) -> Text | None:
    """The host of a function URL, whose form is known (`https://HOST/`): still the URL's own, as CloudFront's origins take it."""
    whole = value.parts[0]
    if len(value.parts) > 1 or not isinstance(whole, Ref) or whole.attribute != "FunctionUrl":
        return None
    return Text((Ref(whole.resource, "FunctionUrl.Host"),))


def _splits(value: Text, delimiter: str) -> bool:
    """Whether no hole of a text can hold the delimiter. Names have no commas; in a written ARN they have no colons either."""
    first = value.parts[0]
    safe = ",;| :" if isinstance(first, str) and first.startswith("arn:") else ",;| "
    return all(
        isinstance(piece, str)
        or (isinstance(piece, Pseudo) and piece.name == "AWS::AccountId")
        or (isinstance(piece, Pseudo | Ref) and delimiter in safe)
        for piece in value.parts
    )


def select(run: Evaluator, argument: Node) -> Value:
    """`Fn::Select`: one member of a list."""
    if not isinstance(argument, ListNode) or len(argument.items) != 2:
        return run.fault(argument, "Fn::Select takes an index and a list", "write [index, list]")
    index = literal(run.value(argument.items[0]))
    members = run.value(argument.items[1])
    if index is None or not index.isdecimal() or len(index) > 6:
        return Unknown("the index of Fn::Select is not known")

    def selected(value: Value) -> Value:
        if isinstance(value, tuple):
            inside = int(index) < len(value)
            return (
                value[int(index)] if inside else run.fault(argument, "Fn::Select is out of range", "correct the index")
            )
        return value if isinstance(value, Unknown) else Unknown("a member of a list that only deployment gives")

    return each(members, selected)


def find_in_map(run: Evaluator, argument: Node) -> Value:
    """`Fn::FindInMap`: a value of a mapping, or the default of the language extensions. Where a key is not known, the value is
    one of those under the keys that it may be.
    """
    if not isinstance(argument, ListNode) or len(argument.items) < 3:
        return run.fault(argument, "Fn::FindInMap takes a map and two keys", "write [map, key, key]")
    keys = [run.value(item) for item in argument.items[:3]]
    options = argument.items[3] if len(argument.items) > 3 else None
    default = options.get("DefaultValue") if isinstance(options, MapNode) else None
    found: list[Node | None] = [run.mappings]
    for key in keys:
        found = [inner for node in found for inner in _under(node, key)]
        if len(found) > MOST:
            return Unknown("the key of Fn::FindInMap is not known", "give --region, --account or its parameter")
    values = [run.value(default) if node is None and default is not None else _mapped(node) for node in found]
    if None in values:
        names = ".".join(map(show, keys))
        return run.fault(argument, f"the mapping has no `{names}`", "add it")
    return one_of(values, "the key of Fn::FindInMap is not known") if values else Unknown("an empty mapping")


def _under(node: Node | None, key: Value) -> Iterator[Node | None]:
    """What a key may stand for in a mapping: one node (`None` when there is none), or every node for a key that is not known."""
    for option in alternatives(key):
        known = literal(option)
        if known is not None:
            yield node.get(known) if isinstance(node, MapNode) else None
        elif isinstance(node, MapNode):
            yield from (inner for _, inner in node)


def _mapped(node: Node | None) -> Value:
    """The value of a leaf of a mapping, in which there are no functions; `None` for anything else."""
    match node:
        case ScalarNode():
            return node.value
        case ListNode():
            return tuple(item.value for item in node.items if isinstance(item, ScalarNode))
    return None


def base64_of(run: Evaluator, argument: Node) -> Value:
    """`Fn::Base64`, of a text that is known."""
    value = run.value(argument)
    if isinstance(value, str):
        return run.join([base64.b64encode(value.encode()).decode()])
    return value if isinstance(value, Unknown) else Unknown("the base64 of a text that only deployment gives")


def cidr(run: Evaluator, argument: Node) -> Value:
    """`Fn::Cidr`: subnets of a block that is known."""
    items = argument.items if isinstance(argument, ListNode) else ()
    values = [literal(run.value(item)) for item in items]
    if len(values) < 2 or None in values:
        return Unknown("Fn::Cidr of a block that is not known", "give the parameters it rests on")
    block, count, *rest = (value or "" for value in values)
    try:
        return tuple(_subnets(ipaddress.ip_network(block, strict=False), int(count), int(rest[0] if rest else 8)))
    except ValueError as error:
        return run.fault(argument, f"Fn::Cidr cannot be computed: {error}", "correct its arguments")


def _subnets(network: ipaddress.IPv4Network | ipaddress.IPv6Network, count: int, bits: int) -> Iterator[str]:
    """The first subnets of a network that have so many bits for hosts."""
    from socket import AF_INET, AF_INET6, inet_ntop  # noqa: PLC0415 - few templates cut networks up

    room = network.max_prefixlen - network.prefixlen - bits
    if bits < 0 or room < 0:
        raise ValueError(f"a subnet of {bits} bits does not lie inside {network}")
    first = int(network.network_address)
    family, size = (AF_INET, 4) if network.version == 4 else (AF_INET6, 16)
    for number in range(min(count, _MOST_SUBNETS, 1 << room)):
        yield f"{inet_ntop(family, (first + (number << bits)).to_bytes(size, 'big'))}/{network.max_prefixlen - bits}"


def get_azs(run: Evaluator, argument: Node) -> Value:
    """`Fn::GetAZs`: only deployment knows."""
    region = run.value(argument) or run.world.pseudo("AWS::Region")
    return Unknown(f"the Availability Zones of {show(region)}", "read the live account")


def import_value(run: Evaluator, argument: Node) -> Value:
    """`Fn::ImportValue`: what another stack exports."""
    return each(run.value(argument), run.world.imported)


def to_json(run: Evaluator, argument: Node) -> Value:
    """`Fn::ToJsonString`. Texts with holes stay such inside the JSON."""
    value = run.value(argument)
    if any(unknowns(value)):
        return Unknown("the JSON of a value that is not known")
    return run.join(list(_json(value)))


def _json(value: Value) -> Iterator[Value]:
    """The pieces of a value's JSON."""
    match value:
        case Text():
            yield '"'
            yield from (json.dumps(piece)[1:-1] if isinstance(piece, str) else Text((piece,)) for piece in value.parts)
            yield '"'
        case Redacted():
            yield Redacted(text(*map(part, _json(value.reveal()))))
        case Mapping():
            yield from _listed("{}", ([json.dumps(key) + ":", *_json(member)] for key, member in value.items()))
        case tuple():
            yield from _listed("[]", (_json(member) for member in value))
        case _:
            yield json.dumps(value)


def _listed(brackets: str, members: Iterable[Iterable[Value]]) -> Iterator[Value]:
    yield brackets[0]
    for number, member in enumerate(members):
        yield from ([",", *member] if number else member)
    yield brackets[1]


def length(run: Evaluator, argument: Node) -> Value:
    """`Fn::Length`, of a list that is known."""
    value = run.value(argument)
    if isinstance(value, tuple) and not any(isinstance(member, OneOf | Unknown) for member in value):
        return len(value)
    return Unknown("the length of a list that is not known")


def transform(run: Evaluator, argument: Node) -> Value:
    """`Fn::Transform` that is left after local includes: a macro or a remote snippet, which only the account has."""
    name = literal(dig(run.value(argument), "Name"))
    if name == "AWS::Include":
        return run.fault(argument, "a snippet that is not a local file is not read", "scan the processed template")
    message = f"the macro `{name or '(unnamed)'}` runs only in the account"
    return run.fault(argument, message, "scan the processed template")


FUNCTIONS: Mapping[str, Callable[[Evaluator, Node], Value]] = MappingProxyType(
    {
        "Ref": ref,
        "Fn::GetAtt": get_att,
        "Fn::Sub": sub,
        "Fn::Join": join_list,
        "Fn::Split": split,
        "Fn::Select": select,
        "Fn::FindInMap": find_in_map,
        "Fn::Base64": base64_of,
        "Fn::Cidr": cidr,
        "Fn::GetAZs": get_azs,
        "Fn::ImportValue": import_value,
        "Fn::ToJsonString": to_json,
        "Fn::Length": length,
        "Fn::Transform": transform,
    }
)
