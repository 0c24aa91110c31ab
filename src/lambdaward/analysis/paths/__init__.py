"""Ways from some permissions to more: the escalation methods of the catalogue, asked of an estate.

    for way in analysis.paths.all(role):
        way.method, way.gain, way.target  # what is done, what it gives, of which resource
        way.verdict  # yes with the statements that allow it, or unsure with what is not known

A method is open to a principal where the engine allows every step, on resources of the estate for which its facts hold. Where
a grant reaches every resource of a kind, one that is not in the estate will do: `Standing.ANY`.

    graph = analysis.graph
    radius = graph.radius(graph.node(function))
    radius.nodes  # everything that a function leads to
    radius.path(node)  # a shortest chain of edges to one of these
"""

from lambdaward.analysis.paths.candidate import Arn, Candidate, Standing
from lambdaward.analysis.paths.data import READ, USES, WRITE
from lambdaward.analysis.paths.graph import Graph
from lambdaward.analysis.paths.node import ADMIN, ADMINISTRATOR, INTERNET, Edge, Node, Rest
from lambdaward.analysis.paths.paths import Paths
from lambdaward.analysis.paths.radius import Radius
from lambdaward.analysis.paths.reached import Reached, grouped
from lambdaward.analysis.paths.way import Way

__all__ = [
    "ADMIN",
    "ADMINISTRATOR",
    "INTERNET",
    "READ",
    "USES",
    "WRITE",
    "Arn",
    "Candidate",
    "Edge",
    "Graph",
    "Node",
    "Paths",
    "Radius",
    "Reached",
    "Rest",
    "Standing",
    "Way",
    "grouped",
]
