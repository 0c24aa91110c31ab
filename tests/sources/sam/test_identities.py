"""What a deployment replaces keeps its identity here, so that findings and scans can be compared over time."""

import pytest

from lambdaward.model import ResourceId

APPLICATION = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Shared: {{Type: AWS::Serverless::LayerVersion, Properties: {{ContentUri: {content}}}}}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: {content}
      AutoPublishAlias: live
      Layers: [!Ref Shared]
      Events: {{Get: {{Type: Api, Properties: {{Path: /{content}, Method: get}}}}}}
{more}
"""


def names(estate, content, more=""):
    return {
        identity.name
        for identity in estate({"template.yaml": APPLICATION.format(content=content, more=more)}).resources
    }


def test_new_content_makes_no_new_identity(estate):
    assert names(estate, "one") == names(estate, "two")
    assert names(estate, "one") >= {"Shared", "OrdersVersion", "ServerlessRestApiDeployment"}


def test_references_lead_to_it(estate):
    loaded = estate({"template.yaml": APPLICATION.format(content="one", more="")})
    (layer,) = loaded.resources[ResourceId("template.yaml", "Orders")].properties["Layers"]
    assert layer.parts[0].resource == ResourceId("template.yaml", "Shared")


@pytest.mark.parametrize("taken", ["OrdersVersion", "ServerlessRestApiDeployment"])
def test_a_name_that_the_user_has_is_left_to_him(estate, taken):
    found = names(estate, "one", f"  {taken}: {{Type: AWS::SNS::Topic}}")
    assert len([name for name in found if name.startswith(taken)]) == 2
