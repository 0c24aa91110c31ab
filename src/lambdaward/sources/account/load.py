"""From saved answers to stacks: one for each account, and one for each of its Regions that has functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from lambdaward.model import InputError, LiveOrigin, Problem, Resource, ResourceId, SourceFile
from lambdaward.sources.account.answers import Answer
from lambdaward.sources.account.found import Fault, Found, arn_fields, problem
from lambdaward.sources.account.functions import function
from lambdaward.sources.account.identities import identities
from lambdaward.sources.files import read_bytes
from lambdaward.sources.stack import Stack

LARGEST = 1 << 30
_REMEDY = "save the answer of the AWS CLI as it is, with `--output json`"
_CALLS = {"lambda": "lambda:ListFunctions", "iam": "iam:GetAccountAuthorizationDetails"}


def load_answers(files: Sequence[tuple[str, Path]]) -> tuple[tuple[Stack, ...], tuple[Problem, ...]]:
    """The stacks that some files (each with its name for people) describe, and what could not be read."""
    found: dict[ResourceId, tuple[str, Resource]] = {}
    problems: list[Problem] = []
    read_files: list[SourceFile] = []
    for shown, path in files:
        try:
            answer = read_answer(shown, path)
        except InputError as error:
            problems.append(Problem(error.file, error.problem, error.remedy))
            continue
        read_files.append(SourceFile(shown, ()))
        for read in _parts(answer):
            try:
                arn, resource = read()
            except Fault as fault:
                problems.append(problem(shown, str(fault)))
                continue
            found.setdefault(resource.id, (arn, resource))
    return tuple(_stacks(found, tuple(read_files))), tuple(dict.fromkeys(problems))


def read_answer(shown: str, path: Path) -> Answer:
    """One file. Raises `InputError` when it is no such answer."""
    try:
        data = read_bytes(path, shown, LARGEST)
        if len(data) > LARGEST:
            raise InputError(shown, "the file is larger than 1 GiB", "save one answer for each account")
        return msgspec.json.decode(data, type=Answer)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(shown, f"it is no answer of IAM or Lambda ({error})", _REMEDY) from None


def _parts(answer: Answer) -> Iterator[Callable[[], Found]]:
    yield from identities(answer)
    yield from (partial(function, configuration) for configuration in answer.functions)


def _stacks(found: dict[ResourceId, tuple[str, Resource]], files: tuple[SourceFile, ...]) -> Iterator[Stack]:
    by_stack: dict[str, list[tuple[str, Resource]]] = {}
    for identity, pair in found.items():
        by_stack.setdefault(identity.stack, []).append(pair)
    for name, pairs in by_stack.items():
        yield Stack(
            name=name,
            base="",
            root="",
            resources=tuple(resource for _, resource in pairs),
            origins={resource.id: {(): _origin(arn)} for arn, resource in pairs},
            files=files,
            arns={resource.id: arn for arn, resource in pairs},
            account=arn_fields(pairs[0][0]).account,
        )


def _origin(arn: str) -> LiveOrigin:
    """Where a fact comes from. A saved answer does not say when it was given."""
    fields = arn_fields(arn)
    return LiveOrigin(fields.account, fields.region, arn, _CALLS["iam" if not fields.region else "lambda"], "")
