"""The estate from stacks: one record for each resource of a known type, and everything counted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

from msgspec import structs

from lambdaward import model
from lambdaward.model import (
    Coverage,
    Estate,
    Function,
    Layer,
    Positions,
    Problem,
    Record,
    Resource,
    ResourceId,
    ResourcePolicy,
    SideFile,
)
from lambdaward.sources.assemble.code import link_code
from lambdaward.sources.assemble.links import Linker
from lambdaward.sources.assemble.policies import PLACES, resource_policies
from lambdaward.sources.assemble.reading import read_record
from lambdaward.sources.stack import Stack

K = TypeVar("K")
V = TypeVar("V")


@cache
def record_types() -> Mapping[str, type[Record]]:
    """The record class of each CloudFormation type."""
    classes = [value for value in vars(model).values() if isinstance(value, type) and issubclass(value, Record)]
    return {name: kind for kind in classes for name in kind.TYPES}


def record_type(name: str) -> type[Record] | None:
    """The record class of a CloudFormation type, or `None` when it is not modelled."""
    return record_types().get("Custom::*" if name.startswith("Custom::") else name)


def assemble(
    stacks: Sequence[Stack],
    problems: Iterable[Problem] = (),
    skipped: Mapping[str, str] | None = None,
    beside: Mapping[ResourceId, SideFile] | None = None,
) -> Estate:
    """Build the estate. `problems` and `skipped` are what the source already knows that it lost or left, `beside` the files
    beside templates that may hold values."""
    resources = {resource.id: resource for stack in stacks for resource in stack.resources}
    arns = _merged(stack.arns for stack in stacks)
    accounts = {stack.name: stack.account for stack in stacks if stack.account}
    linker = Linker(resources, arns, accounts)
    records: dict[type[Record], dict[ResourceId, Record]] = {}
    for resource in resources.values():
        kind = record_type(resource.type)
        if kind is not None:
            records.setdefault(kind, {})[resource.id] = read_record(kind, resource, linker)
    faults = list(_link_code(stacks, records))
    records[ResourcePolicy] = {policy.id: policy for policy in resource_policies(resources, linker)}
    return Estate(
        resources=resources,
        records=records,
        positions=Positions(_merged(stack.origins for stack in stacks), _merged(stack.uses for stack in stacks)),
        files={file.path: file for stack in stacks for file in stack.files},
        coverage=_coverage(stacks, resources, (*problems, *faults), skipped or {}),
        names=linker.names,
        arns=arns,
        accounts=frozenset(accounts.values()),
        parts={stack.part.id: stack.part for stack in stacks if stack.part},
        beside=beside or {},
    )


def _link_code(stacks: Sequence[Stack], records: Mapping[type[Record], dict[ResourceId, Record]]) -> Iterator[Problem]:
    """Put linked code into the records of functions and layers; yields what could not be linked for a fault."""
    real = {root: os.path.realpath(root) if root else "" for root in {stack.root for stack in stacks}}
    for stack in stacks:
        for resource in stack.resources:
            kind = record_type(resource.type)
            if kind in (Function, Layer):
                code, fault = link_code(resource, stack.base, real[stack.root])
                records[kind][resource.id] = structs.replace(records[kind][resource.id], code=code)
                if fault:
                    yield fault


def _merged(tables: Iterable[Mapping[K, V]]) -> dict[K, V]:
    return {key: value for table in tables for key, value in table.items()}


def _coverage(
    stacks: Sequence[Stack],
    resources: Mapping[ResourceId, Resource],
    problems: Iterable[Problem],
    skipped: Mapping[str, str],
) -> Coverage:
    counts = Counter(resource.type for resource in resources.values())
    known = {name for name in counts if record_type(name) or name in PLACES}
    return Coverage(
        files=tuple(dict.fromkeys(file.path for stack in stacks for file in stack.files)),
        skipped=skipped,
        problems=(*problems, *(problem for stack in stacks for problem in stack.problems)),
        modelled={kind: count for kind, count in sorted(counts.items()) if kind in known},
        unmodelled={kind: count for kind, count in sorted(counts.items()) if kind not in known},
        excluded=_merged(stack.excluded for stack in stacks),
        assumed=_merged(stack.assumed for stack in stacks),
    )
