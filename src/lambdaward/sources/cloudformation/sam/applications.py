"""AWS::Serverless::Application: a nested stack, of a local template or of the Serverless Application Repository."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import ScalarNode
from lambdaward.sources.cloudformation.sam.building import Draft
from lambdaward.sources.cloudformation.sam.reading import entries
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import tag_list

REPOSITORY = {"ApplicationId": "serverlessrepo:applicationId", "SemanticVersion": "serverlessrepo:semanticVersion"}


def lower_application(stack: Stack, application: Resource) -> None:
    """Replace an application. One of the repository has no template here: its tags say which it is."""
    where = application.get("Location")
    held = entries(where)
    first: dict[str, Draft] = {"lambda:createdBy": "SAM"}
    first |= {tag: held[key] for key, tag in REPOSITORY.items() if key in held}
    properties: dict[str, Draft] = {
        "TemplateURL": where if isinstance(where, ScalarNode) else None,
        **application.held("Parameters", "NotificationARNs", "TimeoutInMinutes"),
        "Tags": tag_list(application.get("Tags"), first),
    }
    stack.make(application.id, "AWS::CloudFormation::Stack", properties, Made(application.at, application.kept))
