"""Functions that AWS itself runs while it deploys: custom resources and macros."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Link, LinkTo, Prop
from lambdaward.model.function import ANY_FUNCTION
from lambdaward.model.record import Record
from lambdaward.model.values import TextValue


class CustomResource(Record, frozen=True, kw_only=True):
    """A custom resource: CloudFormation calls the function (or topic) behind its service token. `Custom::*` is any name."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::CloudFormation::CustomResource", "Custom::*")

    function: Annotated[Link | None, LinkTo("ServiceToken", (*ANY_FUNCTION, "AWS::SNS::Topic"))] = None


class Macro(Record, frozen=True, kw_only=True):
    """A macro: CloudFormation lets a function rewrite templates of the account."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::CloudFormation::Macro",)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    function: Annotated[Link | None, LinkTo("FunctionName", ANY_FUNCTION)] = None
