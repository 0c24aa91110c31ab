"""Hold the reasoner against the engine and the naive evaluator: `python benchmarks/iam_reasoner.py [N [SEED]]`.

Each of N random requests is written as a policy that allows it and nothing else. The reasoner says whether that is new access
beside a random policy; the engine and the naive evaluator say whether the policy allows the request. All three must agree. Prints
every case on which they do not, and a last line with the counts, and with how often the reasoner did not know. Exit 1 when they
do not agree.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "iam"))

import generate
import twin_services

from lambdaward.iam import decide, parse
from lambdaward.iam.conformance import policies_of, request_of
from lambdaward.iam.reasoning import new_access

SERVICES = ("s3", "sqs", "lambda")  # where a caller's own policy decides alone
KEYS = ("aws:username", *(f"k:{kind}{number}" for kind in generate.VALUES for number in "12"))
ALLOWED = "Allowed"


def case(random):
    service = random.choice(SERVICES)
    context = {key: value for key, value in generate.context(random).items() if isinstance(value, str) and value}
    return {
        "request": {
            "principal": generate.USER,
            "action": random.choice(generate.ACTIONS[service]),
            "resource": {
                "resource": random.choice(generate.RESOURCES[service]).format(generate.ACCOUNT),
                "accountId": generate.ACCOUNT,
            },
            "context": context,
        },
        "identityPolicies": [generate.document(random, service, generate.ACCOUNT)],
    }


def single(request):
    """A policy that allows one request."""
    given = {key.lower(): value for key, value in request["context"].items()}
    absent = {key: "true" for key in KEYS if key not in given}
    said = {"Effect": "Allow", "Action": request["action"], "Resource": request["resource"]["resource"]}
    return {
        "Version": "2012-10-17",
        "Statement": {**said, "Condition": {"StringEquals": given, "Null": absent}},
    }


def main(count: int = 1_000_000, seed: int = 0) -> int:
    random, counts, unknown = Random(seed), Counter(), Counter()  # noqa: S311 - test data
    differ, start = 0, time.process_time()
    for _ in range(count):
        made = case(random)
        naive = twin_services.decide(made) == ALLOWED
        exact = decide(request_of(made), policies_of(made)).outcome == ALLOWED
        answer = new_access(parse(made["identityPolicies"][0]), parse(single(made["request"])))
        reasoned = answer.witness is None
        counts[naive] += 1
        unknown[answer.unknown] += 1
        if naive != exact or (naive != reasoned and not answer.unknown):
            differ += 1
            print(f"twin {naive}, engine {exact}, reasoner {reasoned}: {json.dumps(made)}")
    spent = time.process_time() - start
    print(
        f"{count:,} requests, {counts[True]:,} of them allowed: {differ} on which twin, engine and reasoner disagree, "
        f"{count - unknown['']:,} on which the reasoner does not know, {spent:,.0f} CPU-s"
    )
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
