"""A caller says which tenant they are, or tenants share what should be apart.

## What it finds

Routes that take the tenant of a call (`X-Amz-Tenant-Id`) from the request itself, for a function that isolates tenants; and
routes that hand a tenant to a function that does not isolate them (`TenantIsolationMode: PER_TENANT`).

## Why it matters

Lambda gives each tenant environments of its own, by the name that the call carries. Who can choose the name gets into the
environments of another tenant: their memory, files and connections. Without isolation, what one tenant leaves behind in memory
or `/tmp` is there for the next. The finding is medium where the route asks nobody who they are.

## How to fix

Take the tenant from what an authorizer has proved (`context.authorizer.tenantId`), and set `TenancyConfig`.

## Examples

### fires: a header of the request names the tenant

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      TenancyConfig: {TenantIsolationMode: PER_TENANT}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE # <- LWX028
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
        RequestParameters:
          integration.request.header.X-Amz-Tenant-Id: method.request.header.tenant
```

### silent: an authorizer names the tenant

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      TenancyConfig: {TenantIsolationMode: PER_TENANT}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
        RequestParameters:
          integration.request.header.X-Amz-Tenant-Id: context.authorizer.tenantId
```

### unknown: a parameter says whether tenants are apart

```yaml template.yaml
Parameters:
  Isolation:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      TenancyConfig: {TenantIsolationMode: !Ref Isolation}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM # ?- LWX028
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
        RequestParameters:
          integration.request.header.X-Amz-Tenant-Id: context.authorizer.tenantId
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html
"""

from collections.abc import Iterator, Mapping

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Route
from lambdaward.model import Function, Value, Yes, alternatives, is_equal, literal, negate
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-639", "CWE-653"))

HEADER = "x-amz-tenant-id"
CALLER = ("method.request.", "$request.")


@rule("LWX028", "chosen-tenant", Severity.LOW, standards=STANDARDS, posture=("n27",))
def chosen_tenant(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Routes whose callers choose their tenant, and functions whose tenants share environments."""
    for route in analysis.exposure.routes:
        function = analysis.estate.get(Function, analysis.exposure.runs(route))
        tenant = _tenant(route)
        if function is None or tenant is None:
            continue
        chosen = tenant.startswith(CALLER)
        apart = is_equal(function.tenancy, "PER_TENANT")
        if chosen and isinstance(apart, Yes):
            message = f"whoever calls {route.shown} chooses the tenant whose environment of {function.shown} they get"
            yield _found(route, function, message)
            continue
        message = f"{route.shown} names a tenant to {function.shown}, which does not keep tenants apart"
        question = f"does {function.shown} keep tenants apart?"
        yield from answer(negate(apart), _found(route, function, message), question)


def _found(route: Route, function: Function, message: str) -> Found:
    opened = isinstance(route.open, Yes)
    return Found(
        record=route.record,
        place=route.place,
        message=message,
        severity=Severity.MEDIUM if opened else Severity.LOW,
        because=("the route asks nobody who they are",) if opened else (),
        key=route.shown,
        functions=(str(function.id),),
    )


def _tenant(route: Route) -> str | None:
    """Where a route takes the tenant from, if it names one."""
    found: Value = None
    for option in alternatives(route.parameters):
        if isinstance(option, Mapping):
            found = next((value for name, value in option.items() if name.lower().endswith(HEADER)), found)
    return literal(found)
