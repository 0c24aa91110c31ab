"""A GraphQL API lets in whoever has its key.

## What it finds

GraphQL APIs of AWS AppSync that run functions and take an API key, on the internet. The finding is medium when the key is the
way in for everything, low when it is an additional one: then only the fields that ask for it are open.

## Why it matters

The key is in every client that uses the API: in a web page, everybody has it. It says nothing about who is asking.

## How to fix

Let a user pool, an OpenID Connect provider, IAM or a function decide, and keep the key for fields that are public on purpose.

## Examples

### fires: a key for everything

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: API_KEY # <- LWX013
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: orders
      Type: AWS_LAMBDA
      LambdaConfig: {LambdaFunctionArn: !GetAtt Orders.Arn}
```

### fires: a key beside a user pool

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: AMAZON_COGNITO_USER_POOLS
      AdditionalAuthenticationProviders: # <- LWX013
        - AuthenticationType: API_KEY
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: orders
      Type: AWS_LAMBDA
      LambdaConfig: {LambdaFunctionArn: !GetAtt Orders.Arn}
```

### silent: a user pool, or a private API

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties: {Name: orders, AuthenticationType: AMAZON_COGNITO_USER_POOLS}
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: orders
      Type: AWS_LAMBDA
      LambdaConfig: {LambdaFunctionArn: !GetAtt Orders.Arn}
  Inside:
    Type: AWS::AppSync::GraphQLApi
    Properties: {Name: inside, AuthenticationType: API_KEY, Visibility: PRIVATE}
  InsideSource:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Inside.ApiId
      Name: orders
      Type: AWS_LAMBDA
      LambdaConfig: {LambdaFunctionArn: !GetAtt Orders.Arn}
```

### unknown: a parameter says how callers show who they are

```yaml template.yaml
Parameters:
  Authentication:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: orders
      AuthenticationType: !Ref Authentication # ?- LWX013
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: orders
      Type: AWS_LAMBDA
      LambdaConfig: {LambdaFunctionArn: !GetAtt Orders.Arn}
```

## References

- https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import GraphQLApi, GraphQLSource, Verdict, all_of, any_of, dig, is_equal, negate
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called

STANDARDS = Standards(owasp_serverless=("A2",), cwe=("CWE-306",), mitre_attack=("T1190",))


ONLY_SOME = "only fields that ask for the key are open by it"


@rule("LWX013", "open-graphql", Severity.MEDIUM, standards=STANDARDS, posture=("25",))
def open_graphql(analysis: Analysis) -> Iterator[Found | Doubt]:
    """GraphQL APIs that run functions for whoever has a key."""
    sources = [source for source in analysis.estate.all(GraphQLSource) if source.function]
    for api in analysis.estate.all(GraphQLApi):
        links = [
            source.function for source in sources if source.function and source.api and source.api.target == api.id
        ]
        if not links:
            continue
        names = ", ".join(dict.fromkeys(called(analysis, link) for link in links))
        main = is_equal(api.authentication, "API_KEY")
        also = any_of(is_equal(dig(provider, "AuthenticationType"), "API_KEY") for provider in api.additional)
        for path, severity, because, verdict in (
            ("AuthenticationType", Severity.MEDIUM, "the key is the way in for everything", main),
            ("AdditionalAuthenticationProviders", Severity.LOW, ONLY_SOME, all_of((negate(main), also))),
        ):
            found = Found(
                record=api,
                place=api.place(path),
                message=f"whoever has the API key of {api.shown} can start {names}",
                severity=severity,
                because=(because,),
                functions=tuple(str(link.target) for link in links if link.target),
            )
            yield from answer(_reached(api, verdict), found, f"is {api.shown} open to whoever has its API key?")


def _reached(api: GraphQLApi, keyed: Verdict) -> Verdict:
    return all_of((keyed, negate(is_equal(api.visibility, "PRIVATE"))))
