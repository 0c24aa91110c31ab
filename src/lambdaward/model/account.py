"""What only an account tells: no resources of templates, but answers that show what is there, and what is no longer."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Items, Prop
from lambdaward.model.record import Record
from lambdaward.model.values import FlagValue, TextValue, Value


class Listing(Record, frozen=True, kw_only=True):
    """What an account answered when it was asked for everything of a kind: no resource, but the only proof that one is gone.

    `subject` is the ARN of the layer whose versions are listed; or, for everything of one Region, `layers` (of each the newest
    version) or `signing-profiles`. `members` are ARNs. It is `whole` when the answer has no further page.
    """

    TYPES: ClassVar[tuple[str, ...]] = ("Account::Listing",)

    subject: Annotated[TextValue, Prop("Subject", "text")] = None
    members: Annotated[tuple[Value, ...], Items("Members")] = ()
    whole: Annotated[FlagValue, Prop("Whole", "flag")] = None


class StoredImage(Record, frozen=True, kw_only=True):
    """An image in a registry: account, repository and digest, and the tags that mean it now. The answer does not say its
    Region."""

    TYPES: ClassVar[tuple[str, ...]] = ("Account::Image",)

    registry: Annotated[TextValue, Prop("Registry", "text")] = None
    repository: Annotated[TextValue, Prop("Repository", "text")] = None
    digest: Annotated[TextValue, Prop("Digest", "text")] = None
    tags: Annotated[tuple[Value, ...], Items("Tags")] = ()
