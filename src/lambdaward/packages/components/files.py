"""Which files and folders a package has."""

from __future__ import annotations

from lambdaward.packages.unpack import Entry


class Files:
    """The paths of a package, by their hashes: many of them take little memory."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._last = ""

    def see(self, entry: Entry) -> None:
        """Note a file and every folder above it."""
        chain, path = entry.chain, entry.path
        self._seen.add(hash((chain, path)))
        end = path.rfind("/")
        if path[:end] == self._last:
            return
        self._last = path[:end]
        while end > 0:
            self._seen.add(hash((chain, path[:end])))
            end = path.rfind("/", 0, end)

    def has(self, chain: tuple[str, ...], path: str) -> bool:
        """Whether a file or folder is there, in the archive that a chain leads to."""
        return hash((chain, path)) in self._seen
