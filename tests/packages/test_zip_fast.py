"""Records that say the very same are not compared field by field; whatever was changed, that finds what comparing finds."""

import pytest
from archives import Member, later, unpacked, zip_of
from hypothesis import example, given
from hypothesis import strategies as st

from lambdaward.packages.unpack.zip import layout

MEMBERS = (Member("a.txt", b"one"), Member("b/c.txt", b"two" * 50, method=0), later(b"three" * 100, name="d"))
ARCHIVE = zip_of(*MEMBERS)


def seen(path, monkeypatch, *, compared):
    with monkeypatch.context() as patch:
        if compared:
            patch.setattr(layout, "data_of_same", lambda *_: -1)
        return unpacked(path)


@given(st.lists(st.tuples(st.integers(0, len(ARCHIVE) - 1), st.integers(1, 255)), min_size=1, max_size=3))
@example([(18, 0xFF), (19, 0xFF)])
def test_a_changed_archive_is_told_as_if_everything_were_compared(tmp_path_factory, changes):
    data = bytearray(ARCHIVE)
    for at, flip in changes:
        data[at] ^= flip
    path = tmp_path_factory.mktemp("zip") / "changed.zip"
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        assert seen(path, patch, compared=False) == seen(path, patch, compared=True)


def test_a_changed_name_extra_field_or_size_is_not_the_same(tmp_path, monkeypatch):
    calls = []
    real = layout.data_of_same
    monkeypatch.setattr(layout, "data_of_same", lambda *given: calls.append(real(*given)) or calls[-1])
    path = tmp_path / "a.zip"
    path.write_bytes(ARCHIVE)
    unpacked(path)
    assert [at >= 0 for at in calls] == [True, True]
    calls.clear()
    path.write_bytes(ARCHIVE.replace(b"a.txt", b"b.txt", 1))
    unpacked(path)
    assert [at >= 0 for at in calls] == [False, True]
