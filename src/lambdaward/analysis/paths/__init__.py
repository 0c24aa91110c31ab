"""Ways from some permissions to more: the escalation methods of the catalogue, asked of an estate.

    for way in analysis.paths.all(role):
        way.method, way.gain, way.target  # what is done, what it gives, of which resource
        way.verdict  # yes with the statements that allow it, or unsure with what is not known

A method is open to a principal where the engine allows every step, on resources of the estate for which its facts hold. Where
a grant reaches every resource of a kind, one that is not in the estate will do: `Standing.ANY`.
"""

from lambdaward.analysis.paths.candidate import Candidate, Standing
from lambdaward.analysis.paths.paths import Paths
from lambdaward.analysis.paths.ways import Way

__all__ = ["Candidate", "Paths", "Standing", "Way"]
