"""APIs: REST, HTTP and WebSocket, with their definitions, authorizers, stages, domains and usage plans."""

from lambdaward.sources.cloudformation.sam.api.http import lower_http_api
from lambdaward.sources.cloudformation.sam.api.implicit import prepare_apis
from lambdaward.sources.cloudformation.sam.api.rest import lower_rest_api
from lambdaward.sources.cloudformation.sam.api.usage import make_shared_plan
from lambdaward.sources.cloudformation.sam.api.websocket import lower_websocket_api

__all__ = ["lower_http_api", "lower_rest_api", "lower_websocket_api", "make_shared_plan", "prepare_apis"]
