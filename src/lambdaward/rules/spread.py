"""Running rules in several processes. What they find comes in the order of the rules, as from one process.

A process is a copy of this one, so that it has the estate already; it takes one subject of rules after another and hands back
what these answer. Rules of one subject stay together, as they ask the same questions.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from lambdaward.findings import Finding, Rule, Unsettled

T = TypeVar("T")
Answers = list[Finding | Unsettled]
Answer = Callable[[T], Iterable[Finding | Unsettled]]


def spread(
    rules: Sequence[tuple[Rule, T]], answer: Answer[tuple[Rule, T]], processes: int, here: str = ""
) -> Iterator[Answers]:
    """What each rule answers, in order. The subject `here` is done by this process, as somebody will ask for more of its
    answers; and so is whatever another process could not do."""
    subjects: dict[str, list[int]] = {}
    for number, (rule, _) in enumerate(rules):
        subjects.setdefault(rule.module.split(".")[-2], []).append(number)
    own = subjects.pop(here, [])
    order = [*sorted(subjects.values(), key=len, reverse=True), own]

    def work(tasks: Iterable[int]) -> dict[int, Answers]:
        return {number: list(answer(rules[number])) for task in tasks for number in order[task]}

    known = _shared(work, len(order) - 1, min(processes, len(order)))
    for number, each in enumerate(rules):
        yield known[number] if number in known else list(answer(each))


def _shared(work: Callable[[Iterable[int]], dict[int, Answers]], tasks: int, processes: int) -> dict[int, Answers]:
    """The tasks (fewer than 256), each done by the process that comes to it first, this one among them; which does the one
    behind them before it."""
    queue, filling = os.pipe()
    os.write(filling, bytes(range(tasks)))
    os.close(filling)
    children = [_start(lambda: work(_taken(queue))) for _ in range(processes - 1)]
    known = work(chain((tasks,), _taken(queue)))
    os.close(queue)
    for child in children:
        known |= _ended(*child)
    return known


def _taken(queue: int) -> Iterator[int]:
    while task := os.read(queue, 1):
        yield task[0]


def _start(work: Callable[[], dict[int, Answers]]) -> tuple[int, int]:
    """A process that works, and the pipe that it writes to. It ends without what this process would do at its own end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(work(), stream, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)


def _ended(child: int, reading: int) -> dict[int, Answers]:
    """What a process has written, once it has ended; nothing where it failed."""
    with os.fdopen(reading, "rb") as stream:
        written = stream.read()
    _, status = os.waitpid(child, 0)
    found: dict[int, Answers] = pickle.loads(written) if status == 0 else {}  # noqa: S301 - of a copy of this process
    return found
