"""Hold the IAM engine against the naive evaluator on many random requests: `python benchmarks/iam_twin.py [N [SEED]]`.

Prints every one on which they disagree and a last line with the counts. Exit 1 when they disagree.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "iam"))

import generate
import twin_services

from lambdaward.iam import Policies, decide
from lambdaward.iam.conformance import policies_of, request_of

EACH = 40  # requests to the same policies, which are compiled once


def cases(random: Random, count: int) -> Iterator[tuple[dict[str, object], Policies]]:
    """Cases with their policies compiled, several with the same policies."""
    while count > 0:
        case = generate.case(random)
        compiled = policies_of(case)
        for _ in range(min(EACH, count)):
            yield case, compiled
            case = generate.another(random, case)
        count -= EACH


def main(count: int = 1_000_000, seed: int = 0) -> int:
    random, outcomes, differ, start = Random(seed), Counter(), 0, time.process_time()  # noqa: S311 - test data
    for case, compiled in cases(random, count):
        naive, exact = twin_services.decide(case), decide(request_of(case), compiled).outcome
        outcomes[naive] += 1
        if naive != exact:
            differ += 1
            print(f"twin {naive}, engine {exact}: {json.dumps(case)}")
    spent = time.process_time() - start
    said = ", ".join(f"{number:,} {outcome}" for outcome, number in outcomes.most_common())
    print(f"{count:,} requests ({said}): {differ} disagreements, {spent:,.0f} CPU-s")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
