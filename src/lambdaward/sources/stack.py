"""What every source hands to the record builder: stacks of resources in CloudFormation's vocabulary, with positions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from lambdaward.model import Origin, Path, Problem, Resource, ResourceId, SourceFile, Text


class Stack(Struct, frozen=True, kw_only=True):
    """One stack (or one account and Region): its resources, where each value stands, and what was left out.

    `account` is the one that it is deployed to, where that is known.
    `name` is `ResourceId.stack` of its resources: the template's path, with the logical ids of nested stacks behind it.
    `base` is the folder that relative code paths start from, `root` the one that nothing is read outside of.
    `part` is what its template says beside the resources.
    `arns` gives the ARN of each resource whose form is known: with holes in a template, as a text in an account.
    `excluded` maps a resource that a condition leaves out to the reason; `assumed` a parameter to the default that was used.
    """

    name: str
    base: str
    root: str
    resources: tuple[Resource, ...]
    origins: Mapping[ResourceId, Mapping[Path, Origin]]
    uses: Mapping[ResourceId, Mapping[Path, tuple[str, ...]]] = MappingProxyType({})
    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    arns: Mapping[ResourceId, str | Text] = MappingProxyType({})
    excluded: Mapping[str, str] = MappingProxyType({})
    assumed: Mapping[str, str] = MappingProxyType({})
    account: str = ""
    part: Resource | None = None


class LoadOptions(Struct, frozen=True, kw_only=True):
    """What a user may say about loading: parameter values (`K` or `Stack.K`), known pseudo parameters, and whether
    `.gitignore` counts.

    `portable` names stacks by their place below the path that is given, not below the project, so that two copies of an
    application have the same identities; a template that is itself given is then called `template`.
    """

    parameters: Mapping[str, str] = MappingProxyType({})
    region: str = ""
    account: str = ""
    use_gitignore: bool = True
    exclude: tuple[str, ...] = ()
    portable: bool = False
