"""RECORD: an installed file that is not what its installer wrote is told, with what owns it."""

import pytest
from archives import Member, put, zip_of
from programs import distribution

from lambdaward.packages import Change, record_check

FILES = {"pkg/__init__.py": b"1", "pkg/core.py": b"2", "pkg/data.txt": b"3", "pkg/native.so": b"4"}
PURL = "pkg:pypi/my-pkg@1.0"


def differences(tmp_path, files):
    found = record_check(put(tmp_path, zip_of(*(Member(name, data) for name, data in files.items()))))
    return [(item.place, item.change, item.purl) for item in found]


@pytest.mark.parametrize("root", ["", "python/", "python/lib/python3.13/site-packages/"])
def test_what_the_installer_wrote_has_no_difference(tmp_path, root):
    assert differences(tmp_path, distribution("my_pkg", "1.0", FILES, root)) == []


@pytest.mark.parametrize("root", ["", "python/"])
@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_told(tmp_path, root, name):
    files = {**distribution("my_pkg", "1.0", FILES, root), f"{root}{name}": b"!"}
    assert differences(tmp_path, files) == [(root + name, Change.CHANGED, PURL)]


def test_code_that_was_added_to_a_distributions_folder_is_told(tmp_path):
    files = {
        **distribution("my_pkg", "1.0", FILES),
        "pkg/sub/evil.py": b"!",
        "pkg/__pycache__/core.cpython-313.pyc": b"x",
    }
    assert differences(tmp_path, files) == [("pkg/sub/evil.py", Change.ADDED, PURL)]


def test_ones_own_code_beside_a_distribution_is_not_added_code(tmp_path):
    assert differences(tmp_path, {**distribution("my_pkg", "1.0", FILES), "handler.py": b"1", "app/x.py": b"1"}) == []


def test_code_that_is_missing_is_told_and_other_files_are_not(tmp_path):
    files = distribution("my_pkg", "1.0", FILES)
    del files["pkg/core.py"], files["pkg/data.txt"]
    assert differences(tmp_path, files) == [("pkg/core.py", Change.MISSING, PURL)]


def test_distributions_in_an_archive_inside_are_checked_by_themselves(tmp_path):
    inner = distribution("my_pkg", "1.0", FILES)
    inner["pkg/core.py"] = b"!"
    data = zip_of(*(Member(name, content) for name, content in inner.items()))
    assert differences(tmp_path, {"vendored.whl": data}) == [("vendored.whl!pkg/core.py", Change.CHANGED, PURL)]


@pytest.mark.parametrize(
    "record", [b'"unclosed', b"pkg/core.py,sha256=!!!,1", b"\xff\xfe,,\n", b"../../etc/passwd,sha256=x,1", b",,"]
)
def test_a_damaged_list_is_passed_over(tmp_path, record):
    files = {"pkg/core.py": b"1", "my_pkg-1.0.dist-info/RECORD": record}
    assert differences(tmp_path, files) == []
