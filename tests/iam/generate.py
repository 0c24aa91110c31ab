"""Random cases: small vocabularies, so that patterns, keys and principals meet often. Used by tests and by the long benchmark."""

ACCOUNT, OTHER = "111111111111", "222222222222"
USER, ROLE = f"arn:aws:iam::{ACCOUNT}:user/ada", f"arn:aws:iam::{ACCOUNT}:role/app"
SESSION, FEDERATED = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/one", f"arn:aws:sts::{ACCOUNT}:federated-user/ada"
LINKED = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
SERVICE = "lambda.amazonaws.com"
CALLERS = [USER, USER, ROLE, SESSION, SESSION, FEDERATED, LINKED, ROOT, SERVICE, {"type": "Anonymous"}]
PRINCIPALS = [
    *("*", {"AWS": "*"}, {"AWS": USER}, {"AWS": ROLE}, {"AWS": SESSION}, {"AWS": FEDERATED}, {"AWS": ROOT}),
    *({"AWS": ACCOUNT}, {"AWS": [OTHER, USER]}, {"Service": SERVICE}, {"AWS": f"arn:aws:iam::{ACCOUNT}:role/team/app"}),
    *({"AWS": LINKED}, {"AWS": f"arn:aws:iam::{OTHER}:role/app"}, {"AWS": [ROLE, ACCOUNT], "Service": SERVICE}),
]
ACTIONS = {
    "s3": ["s3:GetObject", "s3:PutObject", "s3:GetObjectAcl"],
    "sqs": ["sqs:SendMessage"],
    "lambda": ["lambda:InvokeFunction"],
    "kms": ["kms:Decrypt", "kms:DeleteAlias"],
    "sts": ["sts:AssumeRole", "sts:GetCallerIdentity", "sts:GetFederationToken"],
    "iam": ["iam:PassRole", "iam:DeleteRolePolicy", "iam:CreatePolicyVersion", "iam:GetPolicy"],
}
RESOURCES = {
    "s3": ["arn:aws:s3:::orders/1", "arn:aws:s3:::orders/ada/x", "arn:aws:s3:::orders"],
    "sqs": ["arn:aws:sqs:eu-west-1:{}:jobs"],
    "lambda": ["arn:aws:lambda:eu-west-1:{}:function:orders", "arn:aws:lambda:eu-west-1:{}:function:orders:live"],
    "kms": [
        "arn:aws:kms:eu-west-1:{}:key/k",
        "arn:aws:kms:eu-west-1:{}:alias/a",
        "arn:aws:kms:eu-west-1:{}:alias/aws/s3",
    ],
    "sts": ["arn:aws:iam::{}:role/app"],
    "iam": [
        "arn:aws:iam::{}:role/app",
        "arn:aws:iam::{}:role/aws-reserved/sso.amazonaws.com/R",
        "arn:aws:iam::{}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
    ],
}
TOPIC = "arn:aws:sns:eu:1:t"
# Values of the policy and of the request by the type of the key's name.
VALUES = {
    "string": (
        ["a", "b", "ab", "a*", "${aws:username}", "${k:string1, 'a'}", "a${*}"],
        ["a", "b", "ab", "A", "a*", "ada", ""],
    ),
    "numeric": (["5", "10", "-1", "2.5", "five"], ["5", "10.0", "7", "x"]),
    "date": (
        ["2026-01-01", "2026-01-01T00:00:00Z", "1767225600", "soon"],
        ["2025-06-01", "2026-01-01T01:00:00+01:00", "2027"],
    ),
    "bool": ([True, "false", "${k:bool2}"], ["true", "False"]),
    "ip": (["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"], ["10.1.2.3", "192.0.2.1", "2001:db8::1"]),
    "arn": (
        ["arn:aws:sns:*:1:t", "arn:aws:sns:eu:1:t", "arn:*:sns:e?:*:t", "t"],
        ["arn:aws:sns:eu:1:t", "arn:aws:sns:us:1:t", "t"],
    ),
    "binary": (["QQ==", "Qg=="], ["QQ==", "?"]),
}
ORDERS = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"]
OPERATORS = {
    "string": [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
    ],
    "numeric": [f"Numeric{order}" for order in ORDERS],
    "date": [f"Date{order}" for order in ORDERS],
    "bool": ["Bool"],
    "ip": ["IpAddress", "NotIpAddress"],
    "arn": ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
    "binary": ["BinaryEquals"],
}


def condition(random):
    block = {}
    for _ in range(random.choice([1, 1, 2])):
        kind = random.choice(list(OPERATORS))
        key, operator = f"k:{kind}{random.choice('12')}", random.choice(OPERATORS[kind])
        values = random.choices(VALUES[kind][0], k=random.choice([1, 1, 2]))
        written = values if len(values) > 1 or random.random() < 0.3 else values[0]
        if random.random() < 0.08:
            operator, written = "Null", random.choice(["true", "false", True])
        elif random.random() < 0.2:
            operator += "IfExists"
        if operator != "Null" and random.random() < 0.25:
            operator = random.choice(["ForAllValues:", "ForAnyValue:"]) + operator
        block.setdefault(operator, {})[random.choice([key, key.upper()])] = written
    return block


def context(random):
    found = {"aws:username": "ada"} if random.random() < 0.7 else {}
    for kind, (_, given) in VALUES.items():
        for number in "12":
            if random.random() < 0.6:
                found[f"K:{kind}{number}"] = (
                    random.choices(given, k=2) if random.random() < 0.2 else random.choice(given)
                )
    return found


def statement(random, service, account, *, principals=False):
    said = {"Effect": random.choice(["Allow", "Allow", "Allow", "Deny"])}
    full = random.choice(ACTIONS[service])
    patterns = [full, full.upper(), f"{service}:*", "*", f"{service}:G*", full[:-1] + "?", "ec2:*", f"{service}:*e*"]
    chosen = random.choices(patterns, k=random.choice([1, 1, 2]))
    said[random.choice(["Action"] * 9 + ["NotAction"])] = chosen if len(chosen) > 1 else chosen[0]
    target = random.choice(RESOURCES[service]).format(account)
    targets = [
        "*",
        "*",
        target,
        target[:-1] + "*",
        target[:-1] + "?",
        target + "x",
        target.split("/")[0] + "/${aws:username}/*",
    ]
    targets += [target.replace("aws", "${aws:username, 'aws'}", 1), "arn:*" + target[7:]]
    chosen = random.choices(targets, k=random.choice([1, 1, 2]))
    said[random.choice(["Resource"] * 9 + ["NotResource"])] = chosen if len(chosen) > 1 else chosen[0]
    if principals:
        said[random.choice(["Principal"] * 7 + ["NotPrincipal"])] = random.choice(PRINCIPALS)
        if random.random() < 0.05:
            said.pop("Principal", None)
    if random.random() < 0.35:
        said["Condition"] = condition(random)
    return said


def document(random, service, account, *, principals=False):
    statements = [
        statement(random, service, account, principals=principals) for _ in range(random.choice([1, 1, 2, 3]))
    ]
    version = random.choice(["2012-10-17"] * 9 + ["2008-10-17"])
    return {
        "Version": version,
        "Statement": statements if len(statements) > 1 or random.random() < 0.5 else statements[0],
    }


def request(random, service, account):
    """A request to a service's resources of an account."""
    return {
        "principal": random.choice(CALLERS),
        "action": random.choice(ACTIONS[service]),
        "resource": {"resource": random.choice(RESOURCES[service]).format(account), "accountId": account},
        "context": context(random),
    }


def another(random, made):
    """The case with another request."""
    service, account = made["request"]["action"].partition(":")[0], made["request"]["resource"]["accountId"]
    return {**made, "request": request(random, service, account)}


def case(random):
    """One case, in the form that the conformance reader and the twin read."""
    service, account = random.choice(list(ACTIONS)), random.choice([ACCOUNT, ACCOUNT, OTHER])

    def documents(number, *, principals=False):
        return [document(random, service, account, principals=principals) for _ in range(number)]

    made = {
        "request": request(random, service, account),
        "identityPolicies": documents(random.choice([0, 1, 1, 2])),
    }
    if random.random() < 0.6:
        (made["resourcePolicy"],) = documents(1, principals=True)
    if random.random() < 0.2:
        made["permissionBoundaries"] = documents(random.choice([1, 2]))
    if random.random() < 0.15:
        (made["sessionPolicy"],) = documents(1)
    if random.random() < 0.2:
        made["serviceControlPolicies"] = [
            {"policies": documents(random.choice([0, 1, 2]))} for _ in range(random.choice([1, 2]))
        ]
    if random.random() < 0.2:
        made["resourceControlPolicies"] = [{"policies": documents(1, principals=True)}]
    if random.random() < 0.15:
        made["endpointPolicies"] = documents(1, principals=random.random() < 0.5)
    return made
