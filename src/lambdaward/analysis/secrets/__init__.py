"""Secrets of an estate: what stands in plain sight and where, what refers to a stored secret instead, and who may read it."""

from lambdaward.analysis.secrets.edges import Edge, Edges, Fit
from lambdaward.analysis.secrets.held import Held
from lambdaward.analysis.secrets.readers import CODE, CONTENT, ENVIRONMENT, VERSION, Reader, Readers
from lambdaward.analysis.secrets.secrets import Secrets

__all__ = ["CODE", "CONTENT", "ENVIRONMENT", "VERSION", "Edge", "Edges", "Fit", "Held", "Reader", "Readers", "Secrets"]
