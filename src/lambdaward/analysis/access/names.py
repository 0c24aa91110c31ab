"""Values with declared names in the place of references, so that a reference and a written name compare."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.model import Estate, Hole, OneOf, Ref, ResourceId, Text, Unknown, Value, one_of, text

_MOST = 64
_VAULTED = "AWS::SecretsManager::Secret"
# The attribute that stands for the characters which Secrets Manager puts behind a name.
_MADE_UP = "SixCharacters"
_TOO_MANY = Unknown("a name depends on too many alternatives", "give the parameters that decide them")


class Names:
    """Puts declared names where references to names stand.

    A reference that stays is to something AWS makes up. One that may have been named in a way that is not known (the type is
    not modelled, and has a property that reads like a name) becomes unknown, the same each time.
    """

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._known: dict[Ref, Value] = {}
        self._arns: dict[ResourceId, Value] = {}

    def resolve(self, value: Value) -> Value:
        """A value with every declared name put in."""
        match value:
            case str():
                return value
            case Text():
                return self._text(value)
            case OneOf():
                return one_of(map(self.resolve, value.options), value.reason)
            case Mapping():
                return {key: self.resolve(inner) for key, inner in value.items()}
            case tuple():
                return tuple(map(self.resolve, value))
        return value

    def arn(self, resource: ResourceId) -> Value:
        """The ARN of a resource with its name put in, unknown where the type's form is not."""
        if resource not in self._arns:
            written = self._estate.arns.get(resource)
            unknown = Unknown(f"the ARN of {resource.name} is not known")
            self._arns[resource] = unknown if written is None else self.resolve(written)
        return self._arns[resource]

    def _text(self, value: Text) -> Value:
        if not any(isinstance(part, Ref) for part in value.parts):
            return value
        read = [self._hole(part) if isinstance(part, Ref) else part for part in value.parts]
        if not any(isinstance(part, OneOf) for part in read):
            return text(*map(_piece, read))
        found: list[tuple[str | Hole | Text, ...]] = [()]
        why = ""
        for part in read:
            why = part.reason if isinstance(part, OneOf) else why
            options = [_piece(option) for option in (part.options if isinstance(part, OneOf) else (part,))]
            found = [(*done, option) for done in found for option in options]
            if len(found) > _MOST:
                return _TOO_MANY
        return one_of((text(*pieces) for pieces in found), why)

    def _hole(self, hole: Ref) -> Value | Ref:
        if hole not in self._known:
            self._known[hole] = Unknown(f"the name of {hole.resource.name} depends on itself")
            self._known[hole] = self._named(hole)  # type: ignore[assignment]
        return self._known[hole]

    def _named(self, hole: Ref) -> Value | Ref:
        """What stands for a reference; nothing else for what AWS makes up, however often a value is read."""
        if hole.attribute == _MADE_UP:
            return hole
        if hole in self._of_arn(hole.resource):
            declared = self._estate.names.get(hole.resource)
            return hole if declared is None else self._in_arn(hole, self.resolve(declared))
        resource = self._estate.resources.get(hole.resource)
        named = resource is not None and any(key.endswith("Name") for key in resource.properties)
        return Unknown(f"{hole.resource.name}.{hole.attribute} is only known after deployment") if named else hole

    def _in_arn(self, hole: Ref, declared: Value) -> Value:
        """A declared name as it stands in ARNs: Secrets Manager puts a hyphen and six characters behind a secret's."""
        resource = self._estate.resources.get(hole.resource)
        if resource is None or resource.type != _VAULTED or not isinstance(declared, str | Text):
            return declared
        return text(declared, "-", Ref(hole.resource, _MADE_UP))

    def _of_arn(self, resource: ResourceId) -> tuple[str | Hole, ...]:
        """The parts of a resource's ARN: the reference among them is the one to its name."""
        arn = self._estate.arns.get(resource)
        return arn.parts if isinstance(arn, Text) else ()


def _piece(value: Value | Hole) -> str | Hole | Text:
    """A value as a piece of a text."""
    known = value if isinstance(value, str | Text | Hole) else None
    return Unknown("a name that is no text") if known is None else known
