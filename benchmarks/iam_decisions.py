"""Decisions a CPU-second, beside a peer in its own process, and policies made to hurt: `python benchmarks/iam_decisions.py`.

The peer is installed with npm into a temporary folder at run time and only ever run, never read. Both decide the same requests
on the same policies, compiled or loaded beforehand; that they agree on every one is checked. `--alone` leaves the peer out.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lambdaward.iam import Context, Policies, Request, decide, parse, policies, policy_set

PEER = "@cloud-copilot/iam-simulate@0.1.173"
ACCOUNT = "111111111111"
USER = f"arn:aws:iam::{ACCOUNT}:user/ada"
FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
DRIVER = """
const base = './node_modules/@cloud-copilot/iam-simulate/dist/esm/'
const { authorize } = await import(base + 'core_engine/CoreSimulatorEngine.js')
const { AwsRequestImpl } = await import(base + 'request/request.js')
const { RequestContextImpl } = await import(base + 'requestContext.js')
const { DiscoveryContextKeyConstraints } = await import(base + 'context_keys/discoveryContextKeyConstraints.js')
const { loadPolicy } = await import('@cloud-copilot/iam-policy')
const { readFileSync } = await import('node:fs')
const { identity, scps, requests, seconds } = JSON.parse(readFileSync(0, 'utf8'))
const load = (document, n) => loadPolicy(document, { name: String(n) })
const loaded = {
  identityPolicies: identity.map(load),
  serviceControlPolicies: scps.map((level, n) => ({ orgIdentifier: String(n), policies: level.map(load) })),
  resourceControlPolicies: [],
  simulationParameters: { simulationMode: 'Strict', strictConditionKeys: new Set(),
    discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]) },
}
const decide = (r) => authorize({ ...loaded, request: new AwsRequestImpl(
  r.principal, { resource: r.resource, accountId: r.account }, r.action, new RequestContextImpl(r.context)) }).result
const results = requests.map(decide)
let count = 0
const start = process.cpuUsage()
const until = Date.now() + seconds * 1000
while (Date.now() < until) { decide(requests[count % requests.length]); count++ }
const spent = process.cpuUsage(start)
console.log(JSON.stringify({ results, rate: count / ((spent.user + spent.system) / 1e6) }))
"""


def statement(number: int) -> dict[str, object]:
    """Three action globs, two ARNs, one condition."""
    return {
        "Effect": "Allow",
        "Action": ["s3:Get*", "s3:List*", "dynamodb:*Item"],
        "Resource": [f"arn:aws:s3:::bucket-{number}/*", f"arn:aws:dynamodb:*:{ACCOUNT}:table/orders-{number}-*"],
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-example"}},
    }


def alike(number: int) -> dict[str, object]:
    """A statement about every bucket, whose condition only the last of fifty lets the requests through: nothing tells the
    statements apart but a pattern of the condition."""
    condition = {"StringLike": {"aws:PrincipalOrgID": "o-ex*" if number == 49 else f"o-{number}-*"}}
    return {
        **statement(number),
        "Resource": ["arn:aws:s3:::*/key-*", "arn:aws:dynamodb:*:*:table/*"],
        "Condition": condition,
    }


def documents(number: int, statements: int, make: Callable[[int], dict[str, object]]) -> list[dict[str, object]]:
    listed = [make(n) for n in range(number * statements)]
    return [{"Version": "2012-10-17", "Statement": listed[n::number]} for n in range(number)]


def questions(statements: int) -> list[dict[str, object]]:
    """Requests for every statement's bucket, each with another key; some of another organization, some for another action."""
    return [
        {
            "principal": USER,
            "action": "s3:PutObject" if n % 10 == 9 else "s3:GetObject",
            "resource": f"arn:aws:s3:::bucket-{n % statements}/key-{n}",
            "account": ACCOUNT,
            "context": {"aws:PrincipalOrgID": "o-other" if n % 7 == 6 else "o-example", "aws:SourceIp": "203.0.113.7"},
        }
        for n in range(500)
    ]


def asked(question: dict[str, object]) -> Request:
    context = Context(question["context"])
    return Request(USER, question["action"], question["resource"], account=ACCOUNT, context=context)


def rate(work: Callable[[int], object], seconds: float) -> float:
    """How often a CPU-second suffices for a piece of work."""
    count, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for number in range(count, count + 500):
            work(number)
        count += 500
    return count / spent


def peer(folder: Path, identity: object, requests: object, seconds: float) -> tuple[list[str], float]:
    given = json.dumps({"identity": identity, "scps": [[FULL]], "requests": requests, "seconds": seconds})
    ran = subprocess.run(["node", "driver.mjs"], cwd=folder, input=given, capture_output=True, text=True, check=True)
    answer = json.loads(ran.stdout)
    return answer["results"], answer["rate"]


def compare(name: str, identity: list[dict[str, object]], folder: Path | None, seconds: float) -> None:
    listed = questions(sum(len(document["Statement"]) for document in identity))
    rules: Policies = policies(identity=identity, scps=[[FULL]])
    ready = [asked(question) for question in listed]
    outcomes = [str(decide(request, rules).outcome) for request in ready]
    whole = rate(lambda n: decide(asked(listed[n % 500]), rules), seconds)
    alone = rate(lambda n: decide(ready[n % 500], rules), seconds)
    line = f"{name:34}{whole:14,.0f}{alone:14,.0f}"
    if folder is not None:
        results, theirs = peer(folder, identity, listed, seconds)
        if results != outcomes:
            sys.exit(f"{name}: the peer decides otherwise")
        line += f"{theirs:14,.0f}{whole / theirs:9,.0f}x{alone / theirs:9,.0f}x"
    print(line)


def timed(name: str, work: Callable[[], object]) -> object:
    start = time.process_time()
    result = work()
    print(f"{name:70}{time.process_time() - start:10.3f} CPU-s")
    return result


def hostile() -> None:
    """Large policies, and patterns that make backtracking matchers explode."""
    many = {"Version": "2012-10-17", "Statement": [statement(n) for n in range(100_000)]}
    size = len(json.dumps(many)) / 1e6
    policy = timed(f"read 100,000 statements ({size:.0f} MB)", lambda: parse(many))
    rules = timed("compile them", lambda: Policies(identity=policy_set([("large", policy)])))
    request = asked(
        {
            "action": "s3:GetObject",
            "resource": "arn:aws:s3:::bucket-99999/x",
            "context": {"aws:PrincipalOrgID": "o-example"},
        }
    )
    timed("the first decision on an action", lambda: decide(request, rules))
    timed("a thousand more", lambda: [decide(request, rules) for _ in range(1000)])
    for length in (1_000, 10_000, 100_000):
        pattern = "arn:aws:s3:::" + "*a" * length + "*b"
        bad = policies(identity=[{"Statement": {"Effect": "Allow", "Action": "*", "Resource": pattern}}])
        target = Request(USER, "s3:GetObject", "arn:aws:s3:::" + "a" * length * 2)
        timed(
            f"a pattern of {length:,} times *a on a name of {2 * length:,} letters",
            lambda r=target, p=bad: decide(r, p),
        )


def main(arguments: list[str]) -> None:
    seconds = 3.0
    print(f"{'decisions a CPU-second':34}{'with request':>14}{'decision':>14}{'peer':>14}{'':>10}{'':>10}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = None
        if "--alone" not in arguments:
            folder = Path(temporary)
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", PEER], cwd=folder, check=True)
            (folder / "driver.mjs").write_text(DRIVER)
        compare("1 policy, 1 statement, SCP", documents(1, 1, statement), folder, seconds)
        compare("10 policies of 5 statements, SCP", documents(10, 5, statement), folder, seconds)
        compare("the same, all alike", documents(10, 5, alike), folder, seconds)
    hostile()


if __name__ == "__main__":
    main(sys.argv[1:])
