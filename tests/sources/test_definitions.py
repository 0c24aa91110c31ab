"""Definitions of APIs in local files are read, with their own places; what is elsewhere is said to be unread."""

import pytest

from lambdaward.model import HttpApi, Place, ResourceId, RestApi

OPENAPI = """\
openapi: 3.0.1
paths:
  /orders:
    get:
      security: [{AWS_IAM: []}]
      x-amazon-apigateway-integration: {type: mock}
"""
SAM = "Transform: AWS::Serverless-2016-10-31\n"
TEMPLATES = {
    "SAM, REST": (
        RestApi,
        f"{SAM}Resources: {{A: {{Type: AWS::Serverless::Api, Properties: {{StageName: l, DefinitionUri: %s}}}}}}",
    ),
    "SAM, HTTP": (
        HttpApi,
        f"{SAM}Resources: {{A: {{Type: AWS::Serverless::HttpApi, Properties: {{DefinitionUri: %s}}}}}}",
    ),
    "plain": (RestApi, "Resources: {A: {Type: AWS::ApiGateway::RestApi, Properties: {BodyS3Location: %s}}}"),
}
IDENTITY = ResourceId("template.yaml", "A")


@pytest.mark.parametrize(("kind", "template"), TEMPLATES.values(), ids=list(TEMPLATES))
def test_a_local_definition_is_read_with_its_own_places(estate, kind, template):
    loaded = estate({"template.yaml": template % "api/openapi.yaml", "api/openapi.yaml": OPENAPI})
    (operation,) = loaded.get(kind, IDENTITY).document.operations
    assert (operation.path, operation.verb, operation.security) == ("/orders", "GET", ("AWS_IAM",))
    origin = loaded.origin(Place(IDENTITY, ("Body", "paths", "/orders", "get", "security")))
    assert (origin.file, origin.line) == ("api/openapi.yaml", 5)
    assert loaded.coverage.problems == ()


@pytest.mark.parametrize("location", ["s3://bucket/api.yaml", "{Bucket: b, Key: k}"])
@pytest.mark.parametrize(("kind", "template"), TEMPLATES.values(), ids=list(TEMPLATES))
def test_a_definition_elsewhere_is_said_to_be_unread(estate, kind, template, location):
    loaded = estate({"template.yaml": template % location})
    (problem,) = loaded.coverage.problems
    assert problem.message == "the definition of A is not a local file, and is not read"
    assert loaded.get(kind, IDENTITY).document is None


@pytest.mark.parametrize("location", ["missing.yaml", "../outside.yaml"])
def test_a_definition_that_cannot_be_read_is_one_problem(estate, location):
    loaded = estate({"template.yaml": TEMPLATES["SAM, REST"][1] % location})
    (problem,) = loaded.coverage.problems
    assert (problem.file, problem.line, problem.fatal) == ("template.yaml", 2, False)
