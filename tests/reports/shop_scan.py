"""One scan with one of everything that a report has to show, small enough to be read whole."""

from msgspec import structs
from synthetic_scan import RULES

from lambdaward.findings import (
    Confidence,
    Edit,
    Evidence,
    Finding,
    Fix,
    FunctionSummary,
    Scan,
    Suppressed,
    Suppression,
    Unsettled,
    Waived,
    fingerprint,
)
from lambdaward.model import (
    Coverage,
    Estate,
    FileOrigin,
    LiveOrigin,
    Place,
    Positions,
    Problem,
    ResourceId,
    SourceFile,
    Unknown,
)

TEMPLATE = "shop/template.yaml"
SHARED = "shared/roles.yaml"
WILDCARD, PUBLIC, OLD, LOGS, EGRESS, SECRET = RULES

LINES = """Resources:
  Checkout:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs18.x
      FunctionUrlConfig:
        AuthType: NONE
      Environment:
        Variables:
          API_KEY: ****************
  Refund:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs18.x
  Invoice:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs18.x
\t  Description: 名前 ist ein längerer Text, der mit einem Tabulator beginnt und in keinem schmalen Fenster Platz hat
""".splitlines()
SHARED_LINES = """Resources:
  CheckoutRole:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument:
            Statement:
              - Effect: Allow
                Action: "dynamodb:*"
                Resource: "*"
""".splitlines()


def at(line, column=1, *, to=0, until=200, file=TEMPLATE):
    """A span of a file; of one line, to its end, when nothing else is said."""
    lines = LINES if file == TEMPLATE else SHARED_LINES
    end = to or line
    return FileOrigin(file, line, column, end, min(until, len(lines[end - 1]) + 1))


def made(rule, name, origin, message, *path, stack=TEMPLATE, **changes):
    """A finding."""
    resource = ResourceId(stack, name)
    plain = Finding(
        rule=rule,
        severity=rule.severity,
        confidence=rule.confidence,
        message=message,
        resource=resource,
        resource_type="AWS::Lambda::Function",
        shown=name,
        place=Place(resource, path),
        origin=origin,
        fingerprint=fingerprint(rule.id, resource, ".".join(map(str, path))),
        remediation="Do the right thing, as `lambdaward` says.",
        functions=(f"{stack}/{name}",),
    )
    return structs.replace(plain, **changes)


def runtime(name, line):
    """One of several findings that differ in nothing but whom they are about."""
    return made(OLD, name, at(line, 7), f"{name} runs on nodejs18.x, which is not supported any more", "Runtime")


URL = made(
    PUBLIC,
    "Checkout",
    at(7, 9),
    "anybody on the internet can call `Checkout`",
    "FunctionUrlConfig",
    "AuthType",
    because=("its role may do dynamodb:* on every table", "nothing limits how often"),
    evidence=(
        Evidence("the URL asks nobody who they are", None, at(7, 9)),
        Evidence("this statement allows every action", None, at(8, 17, to=10, file=SHARED)),
        Evidence("the role is that of Checkout", None, at(2, 3, to=10, file=SHARED)),
        Evidence("the account says so, too"),
    ),
    fix=Fix(
        "Ask callers to sign their requests",
        (Edit(Place(ResourceId(TEMPLATE, "Checkout"), ("FunctionUrlConfig", "AuthType")), "AWS_IAM"),),
    ),
    folded=(made(EGRESS, "Checkout", at(2, 3), "Checkout reaches the whole internet"),),
    assumes=("Stage", "Zone"),
)
KEY = made(
    SECRET, "Checkout", at(10, 11), "API_KEY of Checkout holds a secret", "Environment", confidence=Confidence.MEDIUM
)
LIVE = made(
    WILDCARD,
    "LiveRole",
    LiveOrigin(
        "111122223333", "eu-west-1", "arn:aws:iam::111122223333:role/LiveRole", "GetRolePolicy", "2026-11-23T10:00:00Z"
    ),
    "LiveRole allows every action of every service",
    stack="111122223333/eu-west-1",
    functions=(),
)
WHOLE = made(LOGS, "Checkout", at(2, 3, to=10), "the logs of Checkout are kept for ever", functions=(), fix=None)
WIDE = made(
    EGRESS, "Invoice", at(19, 4), "the description of Invoice is too long: " + "very " * 30 + "long", "Description"
)
NOWHERE = made(LOGS, "Ghost", None, "the logs of Ghost are nowhere", stack="gone", functions=())

ACCEPTED = Suppression(
    rules=("LWR903",), reason="moves with the next release", until="2027-01-01", file=TEMPLATE, line=14
)


def question(rule, name, line):
    """An open question."""
    resource = ResourceId(TEMPLATE, name)
    return Unsettled(
        rule=rule,
        message=f"whether {name} may do everything is not known",
        resource=resource,
        resource_type="AWS::Lambda::Function",
        shown=name,
        place=Place(resource),
        origin=at(line, 3),
        fingerprint=fingerprint(rule.id, resource, "open"),
        unknowns=(
            Unknown("parameter PolicyArn has no default", "give --parameter PolicyArn=VALUE"),
            Unknown("no data"),
        ),
    )


def function(name, line, **facts):
    """A function for the table."""
    return FunctionSummary(id=f"{TEMPLATE}/{name}", shown=name, runtime="nodejs18.x", file=TEMPLATE, line=line, **facts)


COVERAGE = Coverage(
    files=(TEMPLATE, SHARED),
    skipped={
        "infra/main.tf": "Terraform is not read yet",
        "infra/net.tf": "Terraform is not read yet",
        "cdk.json": "run `cdk synth`",
    },
    problems=(
        Problem("broken/template.yaml", "not valid YAML: a quote is not closed", "close it", 12),
        Problem(TEMPLATE, "the key `Runtime` is there twice", "remove one of the two", 5, fatal=False),
    ),
    modelled={"AWS::Lambda::Function": 3, "AWS::IAM::Role": 1},
    unmodelled={"AWS::IoT::Thing": 3, "AWS::EC2::EIP": 1, "Custom::Seeder": 1, "AWS::Glue::Job": 1},
    excluded={f"{TEMPLATE}/Debug": "condition IsDev is false (assumed: Stage = prod)"},
    assumed={f"{TEMPLATE}:Stage": "prod", f"{SHARED}:Stage": "prod", f"{SHARED}:Key": "(hidden)"},
)

ESTATE = Estate(
    resources={},
    records={},
    positions=Positions(
        {
            ResourceId(TEMPLATE, "Checkout"): {
                (): at(2, 3, to=10),
                ("FunctionUrlConfig", "AuthType"): at(7, 9),
            }
        }
    ),
    files={TEMPLATE: SourceFile(TEMPLATE, tuple(LINES)), SHARED: SourceFile(SHARED, tuple(SHARED_LINES))},
    coverage=COVERAGE,
)

SCAN = Scan(
    findings=(URL, KEY, LIVE, runtime("Checkout", 5), runtime("Refund", 14), WHOLE, NOWHERE, WIDE),
    unsettled=(question(WILDCARD, "Checkout", 2), question(WILDCARD, "Refund", 11)),
    suppressed=(
        Suppressed(runtime("Invoice", 18), ACCEPTED),
        Suppressed(
            structs.replace(KEY, fingerprint="0" * 20), Suppression(rules=("LWS906",), reason="", source="baseline")
        ),
    ),
    waived=(Waived(question(WILDCARD, "Invoice", 15), ACCEPTED),),
    stale=(Suppression(rules=("LWX902", "LWR903"), reason="long gone", file=TEMPLATE, line=9),),
    problems=(
        Problem("lambdaward.toml", "a suppression names `LWR000`, which is no rule", "correct it", 3, fatal=False),
    ),
    rules=RULES,
    functions=(
        function("Checkout", 2, url="NONE", role="CheckoutRole", triggers=("Jobs", "s3")),
        function("Refund", 11, vpc=True),
        function("Invoice", 15),
    ),
    facts={"version": "1.2.3", "today": "2026-11-23", "baseline": "3", "baseline_gone": "1"},
)

CLEAN = Scan(findings=(), rules=RULES, functions=SCAN.functions[:1], facts={"version": "1.2.3", "today": "2026-11-23"})
CLEAN_ESTATE = structs.replace(ESTATE, coverage=Coverage(files=(TEMPLATE,), modelled={"AWS::Lambda::Function": 1}))
