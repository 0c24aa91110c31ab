"""Every request on the internet reaches a web function.

## What it finds

Endpoints of web functions with `AuthType: ApplicationManaged`: Lambda asks nobody who they are, and no resource policy counts.
Endpoints with `AuthType: IamAuth` count as well (high) where the web function's policy lets every AWS account call them.

## Why it matters

Whatever the web function's code does not check itself, nobody checks. The endpoint is public in each of its Regions.

## How to fix

Set `AuthType: IamAuth` where callers can sign their requests, and put CloudFront with an origin access control in front of it.
Where the endpoint must be open, let the code authenticate every request, and set a rate in `ThrottleConfig`.

## Examples

### fires: the application manages authentication

```yaml template.yaml
Resources:
  Shop:
    Type: AWS::Lambda::WebFunction
    Properties: {FunctionName: shop}
  Public:
    Type: AWS::Lambda::WebFunctionEndpoint
    Properties:
      FunctionName: !Ref Shop
      EndpointName: public
      AuthType: ApplicationManaged # <- LWX029
```

### fires: signed requests of every account

```yaml template.yaml
Resources:
  Shop:
    Type: AWS::Lambda::WebFunction
    Properties: {FunctionName: shop}
  Internal:
    Type: AWS::Lambda::WebFunctionEndpoint
    Properties:
      FunctionName: !Ref Shop
      EndpointName: internal
      AuthType: IamAuth # <- LWX029
  Policy:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt Shop.Arn
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "lambda:InvokeWebFunctionEndpoint", Resource: "*"}]
```

### silent: signed requests only

```yaml template.yaml
Resources:
  Shop:
    Type: AWS::Lambda::WebFunction
    Properties: {FunctionName: shop}
  Internal:
    Type: AWS::Lambda::WebFunctionEndpoint
    Properties: {FunctionName: !Ref Shop, EndpointName: internal, AuthType: IamAuth}
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Auth:
    Type: String
Resources:
  Shop:
    Type: AWS::Lambda::WebFunction
    Properties: {FunctionName: shop}
  Public:
    Type: AWS::Lambda::WebFunctionEndpoint
    Properties:
      FunctionName: !Ref Shop
      EndpointName: public
      AuthType: !Ref Auth # ?- LWX029
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-webfunctionendpoint.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import WebFunction, WebFunctionEndpoint, all_of, is_equal, show
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

CALL = "lambda:InvokeWebFunctionEndpoint"
STANDARDS = Standards(owasp_serverless=("A2",), cwe=("CWE-306",), mitre_attack=("T1190",))


@rule("LWX029", "open-web-function", Severity.MEDIUM, standards=STANDARDS, posture=("n30",))
def open_web_function(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Endpoints of web functions that let everybody through, with or without a signature."""
    for endpoint in analysis.estate.all(WebFunctionEndpoint):
        function = analysis.estate.follow(WebFunction, endpoint.function)
        name = function.shown if function else show(endpoint.function.value) if endpoint.function else "a web function"
        place = endpoint.place("AuthType")
        question = f"does {endpoint.shown} ask who calls {name}?"
        found = Found(
            record=endpoint,
            place=place,
            message=f"every request on the internet reaches {name} by the endpoint {endpoint.shown}",
            because=() if endpoint.rate is not None else ("nothing limits how often",),
            fix=Fix("ask callers to sign their requests", (Edit(place, "IamAuth"),)),
        )
        yield from answer(is_equal(endpoint.auth, "ApplicationManaged"), found, question)
        if function is not None:
            signed = Found(
                record=endpoint,
                place=place,
                message=f"every AWS account may call {name} by the endpoint {endpoint.shown}",
                severity=Severity.HIGH,
                because=("a signature proves an AWS account, whosever it is",),
                key="signed",
            )
            everybody = all_of((is_equal(endpoint.auth, "IamAuth"), analysis.guards.open(function.id, CALL)))
            yield from answer(everybody, signed, question)
