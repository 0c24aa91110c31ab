"""What the Go linker put into a program, and what it left out."""

import pytest
from archives import Member, put, zip_of
from osv import fixed, osv, store_of
from programs import elf, go_program

from lambdaward.analysis.advised import known_of
from lambdaward.model import No, Unsure, Yes
from lambdaward.packages import Entry, inspect, walk
from lambdaward.packages.formats.gofunctions import linked_name

MODULES = "path\te.com/m\nmod\te.com/m\t(devel)\t\ndep\tgopkg.in/yaml.v2\tv2.2.1\th1:x\n"


def record(*imports):
    specific = {"ecosystem_specific": {"imports": list(imports)}}
    return osv("GO-1", "gopkg.in/yaml.v2", *fixed("2.2.4"), ecosystem="Go", kind="SEMVER", affected=specific)


@pytest.fixture
def reach(tmp_path):
    """Whether the code of a record is in a program with some functions."""

    def look(what, functions, order="<"):
        program = go_program(MODULES, order=order, functions=functions)
        path = put(tmp_path, zip_of(Member("bootstrap", program)))
        files = lambda: ((item.place, item) for item in walk(path) if isinstance(item, Entry))  # noqa: E731
        (known,) = known_of(inspect(path), files, store_of(tmp_path, what))
        return known.reach

    return look


SYMBOLS = {"path": "gopkg.in/yaml.v2", "symbols": ["Unmarshal", "Decoder.Decode"]}


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    "function",
    [
        "gopkg.in/yaml%2ev2.Unmarshal",
        "gopkg.in/yaml%2ev2.Unmarshal[...]",
        "gopkg.in/yaml%2ev2.Decoder.Decode",
        "gopkg.in/yaml%2ev2.(*Decoder).Decode",
        "gopkg.in/yaml%2ev2.(*Decoder[...]).Decode",
    ],
)
def test_a_vulnerable_function_in_the_program_is_reached(reach, function, order):
    assert isinstance(reach(record(SYMBOLS), ("main.main", function), order), Yes)


@pytest.mark.parametrize(
    "function",
    [
        "gopkg.in/yaml%2ev2.UnmarshalStrict",
        "other.com/gopkg.in/yaml%2ev2.Unmarshal",
        "gopkg.in/yaml%2ev3.Unmarshal",
        "gopkg.in/yaml%2ev2.Unmarshal.func1",
    ],
)
def test_without_a_vulnerable_function_it_is_not(reach, function):
    assert isinstance(reach(record(SYMBOLS), ("main.main", function)), No)


def test_where_no_function_is_named_the_package_counts(reach):
    whole = record({"path": "gopkg.in/yaml.v2"})
    assert isinstance(reach(whole, ("gopkg.in/yaml%2ev2.Marshal",)), Yes)
    assert isinstance(reach(whole, ("gopkg.in/yaml%2ev2/sub.Marshal",)), No)


def test_code_for_other_systems_is_not_in_it(reach):
    assert isinstance(reach(record({**SYMBOLS, "goos": ["windows"]}), ("gopkg.in/yaml%2ev2.Unmarshal",)), No)
    assert isinstance(reach(record({**SYMBOLS, "goos": ["linux"]}), ("gopkg.in/yaml%2ev2.Unmarshal",)), Yes)
    assert isinstance(reach(record({**SYMBOLS, "goarch": ["arm"]}), ("gopkg.in/yaml%2ev2.Unmarshal",)), No)


def test_a_program_that_does_not_tell_its_functions_leaves_it_open(reach):
    assert isinstance(reach(record(SYMBOLS), None), Unsure)


def test_a_record_that_does_not_say_where_leaves_it_open(reach):
    assert isinstance(reach(record(), ("gopkg.in/yaml%2ev2.Unmarshal",)), Unsure)


@pytest.mark.parametrize("table", [b"", b"\xf1\xff\xff\xff", b"\xf1\xff\xff\xff" + b"\xff" * 200, b"\x00" * 300])
def test_a_damaged_table_tells_nothing(tmp_path, table):
    from lambdaward.packages.formats.gofunctions import functions_in

    path = put(tmp_path, zip_of(Member("bootstrap", elf({".gopclntab": table}))))
    (found,) = (functions_in(item.content) for item in walk(path) if isinstance(item, Entry))
    assert found is None


def test_a_path_is_written_as_the_linker_does():
    assert linked_name("gopkg.in/yaml.v2") == b"gopkg.in/yaml%2ev2"
    assert linked_name("net/http") == b"net/http"
    assert linked_name('e.com/a"b/c') == b"e.com/a%22b/c"
