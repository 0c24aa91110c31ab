"""What functions run: the components of their code and layers, as Lambda lays them over each other."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.analysis.imported import Imported, imported
from lambdaward.model import (
    Code,
    Estate,
    Function,
    InputError,
    Layer,
    Link,
    LocalCode,
    No,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    dig,
    is_equal,
    literal,
    pattern,
    show,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lambdaward.model import ResourceId
    from lambdaward.packages import Attached, Bill, Difference, Entry
    from lambdaward.packages.behaviour import Able
    from lambdaward.packages.images import Images

_FEW, _BUNDLED = 200, 64 << 10
_INSTALLED = ("node_modules", "site-packages", ".dist-info", ".egg-info", "/gems", "/vendor")
_SCRIPTS = (".js", ".mjs", ".cjs")
_PACKED = pattern(
    r"(?i)\.(?:zip|jar|war|whl|egg|pyz|pex|nupkg|dll|so[.\d]*|a|tar|tgz|t?gz|xz|zst|bz2|deps\.json|egg-info)$"
)
_LARGEST_DOCKERFILE = 1 << 20
_STRANGE = Unknown(
    "it is under a root that is not trusted here", "say which one is: `lambdaward verify IMAGE --root FILE`"
)
_SAVE = "build it, and save it with `docker save` as .aws-sam/build/NAME.tar, NAME being the function's in the template"
_DOWNLOAD = "download it (`aws lambda get-layer-version-by-arn`) and give the file"


class Base(Struct, frozen=True):
    """What an image builds upon: the image, the runtime of it where it is one of AWS's (else empty), and the Dockerfile."""

    image: str
    runtime: str
    file: str


class Contents:
    """The bills of an estate's functions. Packages are read when they are asked for, each function's once."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._bills: dict[ResourceId, Bill] = {}
        self._differences: dict[Path, tuple[Difference, ...]] = {}
        self._images: dict[Path, Images | Unknown] = {}
        self._names = _own_names(estate.all(Function))

    def bill(self, function: Function) -> Bill:
        """What a function's code and layers hold, by the place in the sandbox. What is not on this machine is unknown."""
        if function.id not in self._bills:
            from lambdaward.packages import inspect_function  # noqa: PLC0415 - only where packages are read

            runtime = literal(function.runtime) or ""
            subject = self._names[function.id]
            self._bills[function.id] = inspect_function(function.code, subject, self._layers(function), runtime=runtime)
        return self._bills[function.id]

    def local(self, function: Function) -> Bill | None:
        """The bill of a function of which packages may lie on this machine; `None` when none do."""
        layers = (self._estate.follow(Layer, link) for link in function.layers)
        codes = [function.code, *(layer.code for layer in layers if layer)]
        return self.bill(function) if any(map(_lies_here, codes)) else None

    def differences(self, code: Code) -> tuple[Difference, ...]:
        """The installed Python files in some code that differ from their installer's list; none when it is not on this
        machine, or no package."""
        if not isinstance(code, LocalCode) or not _lies_here(code):
            return ()
        from lambdaward.packages import located, record_check  # noqa: PLC0415 - as above

        path = located(code)
        if path not in self._differences:
            try:
                self._differences[path] = record_check(path)
            except (
                InputError
            ):  # a single file that is no archive has no installed packages; a damaged one is said by its bill
                self._differences[path] = ()
        return self._differences[path]

    def base(self, function: Function) -> Base | Unknown | None:
        """What the image of a function builds upon, by its Dockerfile; `None` when there is none on this machine."""
        if not isinstance(function.code, LocalCode) or function.code.kind != "context":
            return None
        named = dig(self._estate.resources[function.id].metadata, "Dockerfile")
        name = literal(named) if named is not None else "Dockerfile"
        root = Path(function.code.root)
        path = (root / function.code.path / (name or "Dockerfile")).resolve()
        if not path.is_relative_to(root.resolve()) or not path.is_file() or path.stat().st_size > _LARGEST_DOCKERFILE:
            return None
        from lambdaward.packages.dockerfile import base_image, base_runtime  # noqa: PLC0415 - only for images

        image = base_image(path.read_text(encoding="utf-8", errors="replace"))
        if isinstance(image, Unknown):
            return image
        return Base(image, base_runtime(image), path.relative_to(root.resolve()).as_posix())

    def images(self, function: Function) -> Images | Unknown | None:
        """The images that a function's archive or layout holds; `None` when it is no image, unknown when it is not on this
        machine, or cannot be read."""
        code = function.code
        if isinstance(code, LocalCode) and code.kind == "context":
            return Unknown("only the folder is here that the image is built from", _SAVE)
        if not isinstance(code, LocalCode):
            return Unknown(code.reason, _SAVE) if _is_image(function) else None
        if code.kind != "image":
            return None
        path = Path(code.root, code.path)
        if path not in self._images:
            from lambdaward.packages.images import images  # noqa: PLC0415 - only for images

            try:
                self._images[path] = images(path)
            except InputError as error:
                self._images[path] = Unknown(f"{code.path}: {error.problem}", error.remedy)
        return self._images[path]

    def signature(self, function: Function, today: dt.date) -> Verdict | None:
        """Whether a signature beside a function's image holds: yes when one does, no when one is broken and none holds; `None`
        when there is no image here, or no signature beside it, as it may be kept in the registry."""
        read = self.images(function)
        if read is None or isinstance(read, Unknown) or not isinstance(function.code, LocalCode):
            return None
        from lambdaward.packages.signing import aws_roots, image_signatures  # noqa: PLC0415 - only for images

        at = dt.datetime.combine(today, dt.time(), dt.UTC)
        try:
            images, signatures = image_signatures(Path(function.code.root, function.code.path), aws_roots("image"), at)
        except InputError:  # what older programs save has no room for signatures
            return None
        about = [signature for signature in signatures if signature.covers in images]
        if any(isinstance(each.verdict, Yes) for each in about):
            return Yes()
        broken = [each.verdict for each in about if isinstance(each.verdict, No) and not each.strange]
        unknowns = [each.verdict.unknowns[0] for each in about if isinstance(each.verdict, Unsure)]
        unknowns += [_STRANGE for each in about if each.strange]
        return broken[0] if broken else Unsure(tuple(dict.fromkeys(unknowns))) if unknowns else None

    def entries(self, function: Function) -> Iterator[tuple[str, Entry]]:
        """Every file that a function runs, as `laid_entries` gives them."""
        from lambdaward.packages import laid_entries  # noqa: PLC0415 - as above

        return laid_entries(function.code, self._layers(function))

    def imports(self, function: Function) -> Imported:
        """What a function's handler imports."""
        handler, runtime = literal(function.handler) or "", literal(function.runtime) or ""
        return imported(self.entries(function), handler, runtime)

    def able(self, code: Code) -> tuple[Able, ...] | Unknown:
        """What the components of some code can do; unknown when it is not on this machine, or cannot be read."""
        if (
            not isinstance(code, LocalCode)
            or code.kind == "inline"
            or not Path(code.root, code.built or code.path).exists()
        ):
            return Unknown("its content is not on this machine", _DOWNLOAD)
        from lambdaward.packages import Entry, inspect_code, located, walk  # noqa: PLC0415 - as above
        from lambdaward.packages.behaviour import able_in  # noqa: PLC0415 - as above

        try:
            files = ((item.place, item) for item in walk(located(code)) if isinstance(item, Entry))
            return able_in(files, inspect_code(code, "").components)
        except InputError as error:
            return Unknown(f"the code at {code.path}: {error.problem}", error.remedy)

    def _layers(self, function: Function) -> list[Attached]:
        return [self._attached(link) for link in function.layers]

    def _attached(self, link: Link) -> Attached:
        from lambdaward.packages import Attached  # noqa: PLC0415 - as above

        layer = self._estate.follow(Layer, link)
        if link.possible:
            return Attached(show(link.value), Unknown("a condition decides whether it is there", "give the parameters"))
        if layer is None:
            return Attached(show(link.value), Unknown("its content is not on this machine", _DOWNLOAD))
        return Attached(layer.shown, layer.code)


def _is_image(function: Function) -> bool:
    return function.image_uri is not None or isinstance(is_equal(function.package_type, "Image"), Yes)


def _lies_here(code: Code) -> bool:
    """Whether there is code on this machine as files in which packages may be. A small source folder without any is told by its
    names alone: nothing that reads packages need be loaded for it."""
    if not isinstance(code, LocalCode) or code.kind == "inline":
        return False
    path = Path(code.root, code.built or code.path)
    return path.exists() and (path.is_file() or _may_hold(path))


def _may_hold(folder: Path) -> bool:
    """Whether a folder has something of a package manager, an archive, native code or a bundle, or too much to tell."""
    unread: list[OSError] = []
    for seen, (above, _, names) in enumerate(os.walk(folder, onerror=unread.append)):
        if seen > _FEW or len(names) > _FEW or above.endswith(_INSTALLED) or any(map(_PACKED.search, names)):
            return True
        if any(
            (name.endswith(_SCRIPTS) or "." not in name) and Path(above, name).lstat().st_size > _BUNDLED
            for name in names
        ):
            return True
    return bool(unread)


def _own_names(functions: tuple[Function, ...]) -> Mapping[ResourceId, str]:
    """A name of its own for each function: with its stack only where another one has the same."""
    uses = Counter(function.shown for function in functions)
    return {function.id: function.shown if uses[function.shown] == 1 else str(function.id) for function in functions}
