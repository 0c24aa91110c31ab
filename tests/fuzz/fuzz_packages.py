# ruff: noqa: T201 - a script prints
"""Fuzz targets for the readers of packages: one for each format.

    python tests/fuzz/fuzz_packages.py TARGET|all SECONDS [SEED]

Honest and hostile packages are damaged. Whatever they are, reading ends soon, in little memory and without an exception, and
every path and fault can be printed. The first input that breaks this is written to a file, and the exit code is 1.
"""

import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "packages"))
from hostile_others import HOSTILE_OTHERS
from hostile_zips import HOSTILE_ZIPS
from images import as_tar
from test_image import HOSTILE_IMAGES

from lambdaward.packages.unpack import Fault, Limits, walk

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


def _small(recipes: dict[str, tuple[bytes, set[str]]], mark: str = "") -> list[bytes]:
    return [data for name, (data, _) in recipes.items() if name.startswith(mark) and len(data) < 20_000]


TARGETS: dict[str, tuple[list[bytes], Callable[[bytes], None]]] = {
    "zip": (_small(HOSTILE_ZIPS), check_walk),
    "tar": (_small(HOSTILE_OTHERS, "tar"), check_walk),
    "gzip": (_small(HOSTILE_OTHERS, "gzip"), check_walk),
    "bzip2": (_small(HOSTILE_OTHERS, "bzip2"), check_walk),
    "xz": (_small(HOSTILE_OTHERS, "xz"), check_walk),
    "zstd": (_small(HOSTILE_OTHERS, "zstd"), check_walk),
    "image": ([as_tar(make()) for make, _ in HOSTILE_IMAGES.values()], check_walk),
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
