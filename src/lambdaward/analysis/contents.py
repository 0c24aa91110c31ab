"""What functions run: the components of their code and layers, as Lambda lays them over each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lambdaward.analysis.imported import Imported, imported
from lambdaward.model import Estate, Function, Layer, Link, Unknown, literal, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lambdaward.model import ResourceId
    from lambdaward.packages import Attached, Bill, Entry

_DOWNLOAD = "download it (`aws lambda get-layer-version-by-arn`) and give the file"


class Contents:
    """The bills of an estate's functions. Packages are read when they are asked for, each function's once."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._bills: dict[ResourceId, Bill] = {}
        self._names = _own_names(estate.all(Function))

    def bill(self, function: Function) -> Bill:
        """What a function's code and layers hold, by the place in the sandbox. What is not on this machine is unknown."""
        if function.id not in self._bills:
            from lambdaward.packages import inspect_function  # noqa: PLC0415 - only where packages are read

            runtime = literal(function.runtime) or ""
            subject = self._names[function.id]
            self._bills[function.id] = inspect_function(function.code, subject, self._layers(function), runtime=runtime)
        return self._bills[function.id]

    def entries(self, function: Function) -> Iterator[tuple[str, Entry]]:
        """Every file that a function runs, as `laid_entries` gives them."""
        from lambdaward.packages import laid_entries  # noqa: PLC0415 - as above

        return laid_entries(function.code, self._layers(function))

    def imports(self, function: Function) -> Imported:
        """What a function's handler imports."""
        handler, runtime = literal(function.handler) or "", literal(function.runtime) or ""
        return imported(self.entries(function), handler, runtime)

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


def _own_names(functions: tuple[Function, ...]) -> Mapping[ResourceId, str]:
    """A name of its own for each function: with its stack only where another one has the same."""
    uses = Counter(function.shown for function in functions)
    return {function.id: function.shown if uses[function.shown] == 1 else str(function.id) for function in functions}
