"""How much smaller AWS's own managed policies can be written: `python benchmarks/policy_minimise.py [EVERY]`.

Takes every EVERYth of the managed policies that the catalogue holds and asks `minimise` for an equivalent and smaller one. Each
answer is checked once more, both ways, by a reasoner that starts anew: nothing that the smaller policy allows is new, and nothing
that the given one allows is lost. Prints how many are smaller and by how much, and how many could not be settled; a line for each
that is not equivalent. Exit 1 when there is one.
"""

import sys
import time
from statistics import median

from lambdaward.catalog import managed_policy_arns, managed_policy_document
from lambdaward.iam import parse
from lambdaward.iam.reasoning import minimise, new_access


def main(every: int = 1) -> int:
    less, saved, total, unsettled, wrong, times = [], 0, 0, 0, 0, []
    arns = sorted(managed_policy_arns())[::every]
    for arn in arns:
        document = managed_policy_document(arn)
        began = time.process_time()
        found = minimise(document)
        times.append((time.process_time() - began) * 1e3)
        before, after = parse(document), parse(found.document)
        answers = [new_access(before, after), new_access(after, before)]
        if any(answer.witness is not None for answer in answers):
            wrong += 1
            print(f"not equivalent: {arn}")
        unsettled += bool(found.unknown) or any(answer.unknown for answer in answers)
        total += found.before
        if found.after < found.before:
            less.append(1 - found.after / found.before)
            saved += found.before - found.after
    print(f"{len(arns):,} policies: {len(less):,} smaller, {unsettled:,} not settled, {wrong:,} not equivalent")
    print(f"{saved:,} of {total:,} characters less ({saved / total:.1%})")
    print(f"of those that are smaller: median {median(less):.1%} less, most {max(less):.0%}")
    print(f"CPU ms for each: median {median(times):.1f}, most {max(times):,.0f}, sum {sum(times):,.0f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
