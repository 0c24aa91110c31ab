"""Signatures of AWS Signer over packages: verified without AWS, each step told.

verification = verify(Path("orders.zip"), trust(now, read_roots(["root.pem"])))
verification.verdict       # yes, no, or unsure: what AWS alone knows stays unknown
verification.ambiguities   # findings about the archive, whatever the signature says
"""

from lambdaward.packages.signing.envelope import Envelope
from lambdaward.packages.signing.reading import SIGNATURE, Reading, read_package
from lambdaward.packages.signing.recut import Recut
from lambdaward.packages.signing.revocation import Revocation, read_revocation
from lambdaward.packages.signing.roots import Roots, aws_roots, read_roots
from lambdaward.packages.signing.verify import Check, Claims, Step, Trust, Verification, claims, judge, trust, verify

__all__ = [
    "SIGNATURE",
    "Check",
    "Claims",
    "Envelope",
    "Reading",
    "Recut",
    "Revocation",
    "Roots",
    "Step",
    "Trust",
    "Verification",
    "aws_roots",
    "claims",
    "judge",
    "read_package",
    "read_revocation",
    "read_roots",
    "trust",
    "verify",
]
