"""Deflate by ISA-L and by zlib: both give the same bytes, end in the same place, and find the same damage."""

import gzip as gzip_format
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lambdaward.packages.unpack.decoders import DamageError, expand
from lambdaward.packages.unpack.inflate import Deflate, crc32, gzip, raw_deflate

MAKERS = {"raw": (raw_deflate, lambda: Deflate(-15)), "gzip": (gzip, lambda: Deflate(31))}
BODIES = st.lists(st.binary(max_size=300), max_size=6).flatmap(
    lambda parts: st.lists(st.sampled_from([*parts, b"", bytes(5000)]), max_size=40).map(b"".join)
)


def packed(body, form, level=6):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15 if form == "raw" else 31)
    return packer.compress(body) + packer.flush()


def outcome(decoder, data, step):
    """The bytes, how they end, and what is behind the end."""
    pieces, out = [data[at : at + step] for at in range(0, len(data), step)], bytearray()
    try:
        for chunk in expand(decoder, pieces):
            out += chunk
    except DamageError as error:
        return "damaged", error.kind, b""
    return "whole", bytes(out), decoder.unused_data


@pytest.mark.parametrize("form", MAKERS)
@given(body=BODIES, level=st.integers(0, 9), step=st.integers(1, 3000), behind=st.binary(max_size=20))
def test_both_give_the_same_bytes_and_leave_the_same_ones(form, body, level, step, behind):
    data = packed(body, form, level) + behind
    ours, theirs = (outcome(make(), data, step) for make in MAKERS[form])
    assert ours == theirs
    assert ours[:2] == ("whole", body)


@pytest.mark.parametrize("form", MAKERS)
@given(body=BODIES, at=st.integers(0, 10_000), flip=st.integers(1, 255))
@example(body=b"text" * 1000, at=-1, flip=1)
@example(body=b"text" * 1000, at=-6, flip=1)
def test_damage_that_zlib_finds_is_found_or_gives_the_same_bytes_as_a_checksum_sees_them(form, body, at, flip):
    data = bytearray(packed(body, form))
    data[at % len(data)] ^= flip
    ours, theirs = (outcome(make(), bytes(data), 1 << 16) for make in MAKERS[form])
    if ours[0] == theirs[0] == "whole":
        assert ours == theirs
    elif ours[0] == "whole":
        assert crc32(ours[1]) != crc32(body) or ours[1] == body


@pytest.mark.parametrize("form", MAKERS)
@given(body=BODIES.filter(bool), cut=st.integers(1, 10_000))
def test_a_stream_that_ends_early_is_damaged(form, body, cut):
    data = packed(body, form)
    short = data[: max(0, len(data) - 1 - cut % len(data))]
    assert outcome(MAKERS[form][0](), short, 1 << 16)[0] == "damaged"


@given(st.binary(max_size=3000), st.integers(0, 2**32 - 1))
def test_the_checksum_is_that_of_the_format(data, start):
    assert crc32(data, start) == zlib.crc32(data, start)


def test_a_gzip_member_with_name_comment_and_extra_field_is_read():
    head = b"\x1f\x8b\x08\x1e" + bytes(6) + b"\x04\x00abcd" + b"name\0" + b"comment\0"
    head += (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little")
    body = gzip_format.compress(b"content", mtime=0)[10:]
    assert outcome(gzip(), head + body, 7) == ("whole", b"content", b"")
