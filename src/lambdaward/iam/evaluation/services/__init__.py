"""How services combine what policies say: most alike, some with rules of their own. One small authorizer for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lambdaward.iam.evaluation.said import Said
from lambdaward.iam.evaluation.services.default import default
from lambdaward.iam.evaluation.services.iam import iam
from lambdaward.iam.evaluation.services.kms import kms
from lambdaward.iam.evaluation.services.s3 import keeps_out
from lambdaward.iam.evaluation.services.sts import ALWAYS_ALLOWED, sts
from lambdaward.iam.truth import Truth

# Whether the policies that give permissions allow a request, all denies and the organization's limits aside.
Authorizer = Callable[[Said], Truth]

AUTHORIZERS: Mapping[str, Authorizer] = MappingProxyType({"iam": iam, "kms": kms, "sts": sts})

__all__ = ["ALWAYS_ALLOWED", "AUTHORIZERS", "Authorizer", "default", "keeps_out"]
