"""Signatures of AWS Signer over packages: verified without AWS, each step told.

verification = verify(Path("orders.zip"), trust(now, read_roots(["root.pem"])))
verification.verdict       # yes, no, or unsure: what AWS alone knows stays unknown
verification.ambiguities   # findings about the archive, whatever the signature says
"""

from lambdaward.packages.signing.deploy import Answer, Config, Outcome, Part, Policy, Source, deployed, outcome
from lambdaward.packages.signing.envelope import Envelope
from lambdaward.packages.signing.notation import Signature, image_signatures
from lambdaward.packages.signing.reading import SIGNATURE, Reading, read_package
from lambdaward.packages.signing.recut import Recut
from lambdaward.packages.signing.revocation import Revocation, read_revocation
from lambdaward.packages.signing.roots import Roots, aws_roots, read_roots
from lambdaward.packages.signing.verify import Check, Claims, Step, Trust, Verification, claims, judge, trust, verify

__all__ = [
    "SIGNATURE",
    "Answer",
    "Check",
    "Claims",
    "Config",
    "Envelope",
    "Outcome",
    "Part",
    "Policy",
    "Reading",
    "Recut",
    "Revocation",
    "Roots",
    "Signature",
    "Source",
    "Step",
    "Trust",
    "Verification",
    "aws_roots",
    "claims",
    "deployed",
    "image_signatures",
    "judge",
    "outcome",
    "read_package",
    "read_revocation",
    "read_roots",
    "trust",
    "verify",
]
