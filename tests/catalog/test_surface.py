"""Nothing of Lambda's API is overlooked: each operation and each field is read, judged, or waived with a reason."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import msgspec
import pytest

import lambdaward.model
from lambdaward.catalog import Level, actions, lambda_actions
from lambdaward.catalog.sheet import Sheet
from lambdaward.model import Block, Blocks, Record
from lambdaward.sources.assemble.reading import fields

CLIENTS = ("lambda", "lambda-core", "lambda-microvms", "lambda-web")
READS = {Level.READ, Level.LIST}


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an operation is used: it reads or writes, a type's properties at a path, under an action of another name."""

    kind: str
    action: str = ""
    of: str = ""
    at: str = ""
    waived: str = ""


class Surface(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows of the file."""

    operations: dict[str, dict[str, Operation]]
    members: dict[str, str]
    wrappers: tuple[str, ...]
    names: dict[str, str]
    fields: dict[str, str]


class Field(msgspec.Struct, frozen=True):
    """A member of a structure, at a property path of a resource type; the type is empty when the operation has none."""

    shape: str
    name: str
    type: str
    path: str


# The file is a specification, not something that runs: the wheel does not have it.
FILE = Path(__file__).parents[2] / "tools" / "data" / "lambda_surface.json"
SURFACE = msgspec.json.decode(FILE.read_bytes(), type=Sheet[Surface]).rows


LOADER = botocore.session.Session().get_component("data_loader")
MODELS = {client: LOADER.load_service_model(client, "service-2") for client in CLIENTS}


def fields_of(client: str, operation: str) -> Iterator[Field]:
    """Every field of an operation's request and answer, at any depth."""
    shapes, row = MODELS[client]["shapes"], SURFACE.operations[client][operation]
    stated = MODELS[client]["operations"][operation]
    for end in ("input", "output"):
        for name, member in shapes[stated[end]["shape"]]["members"].items() if end in stated else ():
            path = f"{row.at}.{name}".lstrip(".")
            yield Field(stated[end]["shape"], name, row.of, path)
            wraps = f"{stated[end]['shape']}.{name}" in SURFACE.wrappers or (
                operation.startswith("List") and shapes[member["shape"]]["type"] == "list"
            )
            kind, path = (SURFACE.members[name], "") if name in SURFACE.members else (row.of, row.at if wraps else path)
            yield from below(shapes, member["shape"], kind, path)


def below(shapes: dict, name: str, kind: str, path: str, above: tuple[str, ...] = ()) -> Iterator[Field]:
    """Every field inside a shape. Lists and maps take no step of a property path."""
    shape = shapes[name]
    if name in above:
        return
    for part in ("member", "value"):
        if part in shape:
            yield from below(shapes, shape[part]["shape"], kind, path, (*above, name))
    for member, stated in shape.get("members", {}).items():
        inner = path if f"{name}.{member}" in SURFACE.wrappers else f"{path}.{member}".lstrip(".")
        yield Field(name, member, kind, inner)
        yield from below(shapes, stated["shape"], kind, inner, (*above, name))


def paths(record: type, prefix: str = "") -> Iterator[str]:
    """The property paths that a record is read from."""
    for marker in (field.marker for field in fields(record)):
        for written in marker.path.split("|"):
            path = f"{prefix}.{written}".strip(".").lower()
            yield path
            if isinstance(marker, Block | Blocks):
                yield from paths(marker.record, path)


def read_paths() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for record in vars(lambdaward.model).values():
        if isinstance(record, type) and issubclass(record, Record):
            for kind in record.TYPES:
                found[kind] |= set(paths(record))
    return found


READ = read_paths()


def is_read(field: Field) -> bool:
    """Whether a record reads the field itself, or something inside it."""
    path = field.path.lower()
    return any(known == path or known.startswith(path + ".") for known in READ[field.type])


WAIVERS = (*SURFACE.names, *SURFACE.fields)
KEYS = {key.lower(): key for key in WAIVERS} | {key: key for key in WAIVERS}


def waiver(shape: str, name: str) -> str:
    """The key that waives a field; empty when none does. The services do not write names alike: case is of little matter."""
    asked = (f"{shape}.{name}", f"{shape}.*", name)
    return next((KEYS[key] for exact in asked for key in (exact, exact.lower()) if key in KEYS), "")


EVERY = [
    field for client in CLIENTS for operation in SURFACE.operations[client] for field in fields_of(client, operation)
]
UNREAD = {(field.shape, field.name) for field in EVERY} - {
    (field.shape, field.name) for field in EVERY if is_read(field)
}


@pytest.mark.parametrize("client", CLIENTS)
def test_every_operation_is_listed_and_no_other(client):
    assert set(SURFACE.operations[client]) == set(MODELS[client]["operations"])


@pytest.mark.parametrize("client", CLIENTS)
def test_an_operation_reads_or_writes_as_its_action_does(client):
    for name, row in SURFACE.operations[client].items():
        level = actions().action(row.action or f"lambda:{name}").level
        assert row.kind == ("read" if level in READS else "write"), name


@pytest.mark.parametrize("client", CLIENTS)
def test_a_read_has_a_use_or_a_reason_why_not_and_a_write_is_judged(client):
    for name, row in SURFACE.operations[client].items():
        if row.kind == "write":
            assert (row.action or f"lambda:{name}") in lambda_actions()
            assert not row.waived
        else:
            assert row.waived or READ[row.of], name


def test_every_field_is_read_or_waived():
    assert [field for field in UNREAD if not waiver(*field)] == []


def test_no_waiver_is_left_over():
    assert {*SURFACE.names, *SURFACE.fields} - {waiver(*field) for field in UNREAD} == set()


def test_every_waiver_has_a_reason():
    assert all(map(len, (*SURFACE.names.values(), *SURFACE.fields.values())))


def test_a_new_field_is_noticed():
    assert not waiver("FunctionConfiguration", "PowerSource")
    assert not is_read(Field("FunctionConfiguration", "PowerSource", "AWS::Lambda::Function", "PowerSource"))
