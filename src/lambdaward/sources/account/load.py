"""From saved answers to stacks: one for each account, and one for each of its Regions that has functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from lambdaward.model import InputError, LiveOrigin, Problem, Resource, ResourceId, SourceFile
from lambdaward.sources.account import organization
from lambdaward.sources.account.answers import Answer
from lambdaward.sources.account.found import Fault, Found, arn_fields, problem
from lambdaward.sources.account.identities import identities
from lambdaward.sources.account.images import IMAGE
from lambdaward.sources.account.lambdas import parts
from lambdaward.sources.account.listings import LISTING, joined
from lambdaward.sources.account.signing import signed_function
from lambdaward.sources.files import read_bytes
from lambdaward.sources.stack import Stack

LARGEST = 1 << 30
_REMEDY = "save the answer of the AWS CLI as it is, with `--output json`"
_CALLS: Mapping[str, str] = MappingProxyType(
    {
        "AWS::Lambda::Function": "lambda:ListFunctions",
        "AWS::Lambda::Version": "lambda:ListVersionsByFunction",
        "AWS::Lambda::Alias": "lambda:ListAliases",
        "AWS::Lambda::LayerVersion": "lambda:GetLayerVersion",
        "AWS::Lambda::LayerVersionPermission": "lambda:GetLayerVersionPolicy",
        "AWS::Lambda::CodeSigningConfig": "lambda:GetCodeSigningConfig",
        "AWS::Signer::SigningProfile": "signer:GetSigningProfile",
        IMAGE: "ecr:DescribeImages",
        LISTING: "lambda:ListLayerVersions",
        organization.POLICY: "organizations:DescribePolicy",
        organization.ACCOUNT: "organizations:ListAccounts",
        organization.UNIT: "organizations:ListAccounts",
    }
)

# What an account also answers about others': no sign that it is one's own.
_OTHERS_TOO = {"AWS::Lambda::LayerVersion", "AWS::Signer::SigningProfile", IMAGE, LISTING}


def load_answers(files: Sequence[tuple[str, Path]]) -> tuple[tuple[Stack, ...], tuple[Problem, ...]]:
    """The stacks that some files (each with its name for people) describe, and what could not be read."""
    heap = _Heap()
    for shown, path in files:
        try:
            answer = read_answer(shown, path)
            raw = {} if _is_of_iam(answer) else read_raw(shown, path)
        except InputError as error:
            heap.problems.append(Problem(error.file, error.problem, error.remedy))
            continue
        heap.files.append(SourceFile(shown, ()))
        heap.add(shown, _parts(answer) if _is_of_iam(answer) else parts(raw))
        heap.add(shown, organization.parts(raw))
        if "CodeSigningConfigArn" in raw:
            heap.sign(shown, raw)
    heap.settle()
    return tuple(_stacks(heap.found, tuple(heap.files))), tuple(dict.fromkeys(heap.problems))


class _Heap:
    """What was found so far, by identity: answers about the same are joined. `signed` are code-signing configs by the ARN of the
    function that has one, which need not be found yet."""

    def __init__(self) -> None:
        self.found: dict[ResourceId, Found] = {}
        self.signed: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.files: list[SourceFile] = []

    def add(self, shown: str, reads: Iterable[Callable[[], Iterable[Found]]]) -> None:
        """Put the parts of an answer to it."""
        for read in reads:
            try:
                for arn, resource in read():
                    known = self.found.get(resource.id)
                    self.found[resource.id] = (arn, joined(known[1], resource) if known else resource)
            except Fault as fault:
                self.problems.append(problem(shown, str(fault)))

    def sign(self, shown: str, raw: Mapping[str, Any]) -> None:
        """Note which config a function has."""
        try:
            function, config = signed_function(raw)
        except Fault as fault:
            self.problems.append(problem(shown, str(fault)))
            return
        self.signed[function] = config

    def settle(self) -> None:
        """Give functions the configs that other answers name."""
        for identity, (arn, resource) in self.found.items():
            if arn in self.signed and resource.type == "AWS::Lambda::Function":
                properties = {**resource.properties, "CodeSigningConfigArn": self.signed[arn]}
                self.found[identity] = (arn, replace(resource, properties=properties))


def _is_of_iam(answer: Answer) -> bool:
    return bool(answer.user_detail_list or answer.group_detail_list or answer.role_detail_list or answer.policies)


def read_raw(shown: str, path: Path) -> dict[str, Any]:
    """An answer of Lambda, AWS Signer or Organizations, as it is. Raises `InputError` when it is none."""
    try:
        return msgspec.json.decode(read_bytes(path, shown, LARGEST), type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(shown, f"it is no answer of IAM or Lambda ({error})", _REMEDY) from None


def read_answer(shown: str, path: Path) -> Answer:
    """One file. Raises `InputError` when it is no such answer."""
    try:
        data = read_bytes(path, shown, LARGEST)
        if len(data) > LARGEST:
            raise InputError(shown, "the file is larger than 1 GiB", "save one answer for each account")
        return msgspec.json.decode(data, type=Answer)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(shown, f"it is no answer of IAM or Lambda ({error})", _REMEDY) from None


def _parts(answer: Answer) -> Iterator[Callable[[], Iterable[Found]]]:
    """The parts of IAM's answer, and of Lambda's when both are in one file."""
    yield from (partial(_only, read) for read in identities(answer))
    yield from parts({"Functions": [*answer.functions]})


def _only(read: Callable[[], Found]) -> tuple[Found, ...]:
    return (read(),)


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
            origins={resource.id: {(): _origin(arn, resource.type)} for arn, resource in pairs},
            files=files,
            arns={resource.id: arn for arn, resource in pairs},
            account=arn_fields(pairs[0][0]).account if {each.type for _, each in pairs} - _OTHERS_TOO else "",
        )


def _origin(arn: str, kind: str) -> LiveOrigin:
    """Where a fact comes from. A saved answer does not say when it was given."""
    fields = arn_fields(arn)
    if kind == "AWS::Lambda::LayerVersionPermission":
        arn = arn.rpartition(":")[0]  # a statement has no ARN of its own
    return LiveOrigin(fields.account, fields.region, arn, _CALLS.get(kind, "iam:GetAccountAuthorizationDetails"), "")
