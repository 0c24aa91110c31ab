"""Hold the reasoner against the engine and the naive evaluator: `python benchmarks/iam_reasoner.py [N [SEED]]`.

For each random set of policies (identity, resource, session and endpoint policies, boundaries, SCPs and RCPs), 1,000 random
requests of several callers are made. For each caller and action the reasoner is asked which of them the policies allow together:
every request is a statement that allows it and nothing else (but for keys that no policy names), and the reasoner searches for a
request that it and the policies allow. Its own machinery decides whether there is one. The engine and the naive evaluator each
decide the request; all three must agree. The reasoner is asked for any request that is allowed, too: engine and naive evaluator
must allow the one it shows; where it shows none, none of the random requests may be allowed.

Prints every case on which they do not agree, and a last line with the counts, and with how often the reasoner did not know. Exit
1 when they do not agree.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "iam"))

import generate
import parties
import twin_services

from lambdaward.iam import decide, parse
from lambdaward.iam.conformance import policies_of, request_of
from lambdaward.iam.reasoning.together import UNCONFIRMED

EACH = 1_000  # requests to the same policies
ALLOWED = "Allowed"


class Tally:
    """What is counted, and printed when it differs."""

    def __init__(self):
        self.counts, self.unknown = Counter(), Counter()

    def differ(self, made, said):
        """Print a case on which not all agree."""
        self.counts["differ"] += 1
        print(f"{said}: {json.dumps(made)}")


def judged(made, compiled, tally):
    """Whether engine and naive evaluator allow a case; `None` when they do not agree."""
    naive, exact = twin_services.decide(made) == ALLOWED, decide(request_of(made), compiled).outcome == ALLOWED
    if naive == exact:
        return naive
    tally.differ(made, f"twin {naive}, engine {exact}")
    return None


def check(random, tally, number):
    """One set of policies and some requests."""
    made = generate.case(random)
    compiled, asked = policies_of(made), parties.Parties(made)
    groups = {}
    for _ in range(number):
        made = {**made, "request": parties.expressible(generate.another(random, made)["request"])}
        request = made["request"]
        like = (
            str(request["principal"]),
            request["action"],
            request["resource"]["resource"] if is_special(request) else "",
        )
        groups.setdefault(like, []).append(made)
    tally.counts["sets"] += 1
    for alike in groups.values():
        check_alike(alike, compiled, asked, tally)


def is_special(request):
    """Whether what must allow depends on the resource."""
    return request["action"].startswith(("kms:", "sts:", "iam:"))


def check_alike(alike, compiled, asked, tally):
    """Requests that must pass the same policies."""
    request, keys = alike[0]["request"], parties.asked_keys(alike[0])
    together = asked.together(request)
    points = [json.dumps(parties.point(one["request"], keys)) for one in alike]
    different = tuple(dict.fromkeys(points))
    any_such = {"Effect": "Allow", "Action": request["action"], "Resource": target(request)}
    question = parse({"Version": "2012-10-17", "Statement": [*map(json.loads, different), any_such]})
    *found, some = together.permits(question)
    answers = dict(zip(different, found, strict=True))
    tally.counts["questions"] += len(found)
    for one, answer in zip(alike, map(answers.__getitem__, points), strict=True):
        truth = judged(one, compiled, tally)
        tally.counts["requests"] += 1
        tally.counts["allowed"] += truth is True
        reasoned = answer.witness is not None or parties.needs_nothing(request)
        if answer.unknown == UNCONFIRMED:
            tally.differ(one, "the reasoner shows a request that the engine does not confirm")
        elif answer.unknown:
            tally.unknown[answer.unknown] += 1
        elif truth is not None and truth != reasoned:
            tally.differ(one, f"twin and engine {truth}, reasoner {reasoned}")
        if truth and some.witness is None and not some.unknown and not parties.needs_nothing(request):
            tally.differ(one, "the reasoner shows no request that is allowed")
    if some.witness is not None:
        tally.counts["shown"] += 1
        shown = {**alike[0], "request": {**request, **parties.shown(some.witness, request)}}
        if judged(shown, compiled, tally) is False:
            tally.differ(shown, "the reasoner shows a request that is not allowed")


def target(request):
    """The resource to ask about when any will do."""
    return request["resource"]["resource"] if is_special(request) else "arn:*"


def main(count: int = 1_000_000, seed: int = 0) -> int:
    random, tally, start = Random(seed), Tally(), time.process_time()  # noqa: S311 - test data
    for done in range(0, count, EACH):
        check(random, tally, min(EACH, count - done))
    spent = time.process_time() - start
    counts = tally.counts
    for why, number in tally.unknown.most_common():
        print(f"{number:10,}  {why}")
    said = (
        f"{counts['requests']:,} requests to {counts['sets']:,} sets of policies, {counts['allowed']:,} of them allowed",
        f"{counts['questions']:,} questions, {counts['shown']:,} requests shown",
        f"{counts['differ']} on which twin, engine and reasoner disagree",
        f"{tally.unknown.total():,} on which the reasoner does not know",
        f"{spent:,.0f} CPU-s",
    )
    print("; ".join(said))
    return 1 if counts["differ"] else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
