"""APIs: REST, HTTP and WebSocket, with their definitions, authorizers, stages, domains and usage plans."""

from lambdaward.sources.cloudformation.sam.api.implicit import prepare_apis
from lambdaward.sources.cloudformation.sam.api.usage import make_shared_plan

__all__ = ["make_shared_plan", "prepare_apis"]
