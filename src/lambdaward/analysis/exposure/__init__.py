"""How every function is started, by whom, and whether anybody on the internet can start it."""

from lambdaward.analysis.exposure.authorizers import Authorizer
from lambdaward.analysis.exposure.exposure import Exposure
from lambdaward.analysis.exposure.feeds import Feed, written_by_all
from lambdaward.analysis.exposure.grants import FUNCTION, INVOKE, INVOKE_URL, allows, everybody, invokes, unset
from lambdaward.analysis.exposure.route import Route
from lambdaward.analysis.exposure.sources import bound, by_bucket, source_service
from lambdaward.analysis.exposure.targets import target_of
from lambdaward.analysis.exposure.trigger import KINDS, Target, Trigger

__all__ = [
    "FUNCTION",
    "INVOKE",
    "INVOKE_URL",
    "KINDS",
    "Authorizer",
    "Exposure",
    "Feed",
    "Route",
    "Target",
    "Trigger",
    "allows",
    "bound",
    "by_bucket",
    "everybody",
    "invokes",
    "source_service",
    "target_of",
    "unset",
    "written_by_all",
]
