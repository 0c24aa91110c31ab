"""Hold the IAM engine against a peer on many random cases: `python benchmarks/iam_peer.py [N [SEED]]`.

The peer is installed with npm into a temporary folder at run time (or taken from `--folder DIR`, where it is installed already)
and only ever run, in its own process, never read. A case on which the two disagree is put down to a difference that
`docs/iam/peer.md` documents, or printed. Exit 1 when one is printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "iam"))

import peer_cases

from lambdaward.iam import Mode, decide
from lambdaward.iam.conformance import blockers, policies_of, request_of

PEER = "@cloud-copilot/iam-simulate@0.1.173"
BATCH = 500
DRIVER = """
const base = './node_modules/@cloud-copilot/iam-simulate/dist/esm/'
const { authorize } = await import(base + 'core_engine/CoreSimulatorEngine.js')
const { AwsRequestImpl } = await import(base + 'request/request.js')
const { RequestContextImpl } = await import(base + 'requestContext.js')
const { DiscoveryContextKeyConstraints } = await import(base + 'context_keys/discoveryContextKeyConstraints.js')
const { loadPolicy } = await import('@cloud-copilot/iam-policy')
const { createInterface } = await import('node:readline')
const load = (document, n) => loadPolicy(document, { name: String(n) })
const levels = (listed, first) => (listed ?? []).map(
  (level, n) => ({ orgIdentifier: String(n), policies: [...first, ...level.policies].map(load) }))
const full = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }
function decide(made) {
  const { request, simulation } = made
  const answer = authorize({
    request: new AwsRequestImpl(request.principal, request.resource, request.action,
      new RequestContextImpl(request.context ?? {}), request.wildcardOnlyAction),
    identityPolicies: made.identityPolicies.map(load),
    permissionBoundaries: made.permissionBoundaries?.map(load),
    sessionPolicy: made.sessionPolicy && load(made.sessionPolicy, 0),
    resourcePolicy: made.resourcePolicy && load(made.resourcePolicy, 0),
    vpcEndpointPolicies: made.endpointPolicies?.map(load),
    serviceControlPolicies: levels(made.serviceControlPolicies, []),
    resourceControlPolicies: levels(made.resourceControlPolicies, [full]),
    simulationParameters: { simulationMode: simulation?.mode ?? 'Strict', strictConditionKeys: new Set(),
      discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints(
        simulation?.discoveryContextKeyConstraints ?? []) },
  })
  return { response: answer.result, blockedBy: (answer.blockedBy ?? []).sort() }
}
const start = process.cpuUsage()
for await (const line of createInterface({ input: process.stdin })) {
  const answers = JSON.parse(line).map((made) => { try { return decide(made) } catch (e) { return { error: e.message } } })
  const spent = process.cpuUsage(start)
  console.log(JSON.stringify({ answers, spent: (spent.user + spent.system) / 1e6 }))
}
"""


class Peer:
    """The peer's process: asked by batches of cases, `spent` is its CPU time so far."""

    def __init__(self, folder: Path) -> None:
        (folder / "driver.mjs").write_text(DRIVER)
        self.spent = 0.0
        self._process = subprocess.Popen(
            ["node", "driver.mjs"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def decide(self, cases: list[dict[str, object]]) -> list[dict[str, object]]:
        """The answers to some cases, each with `response` and `blockedBy`."""
        self._process.stdin.write(json.dumps(cases) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        self.spent = answer["spent"]
        return answer["answers"]


def mine(made: dict[str, object]) -> dict[str, object]:
    """What the engine decides on a case, as the peer says it."""
    discover = made.get("simulation", {}).get("mode") == "Discovery"
    decision = decide(request_of(made), policies_of(made), Mode.DISCOVER if discover else Mode.EXACT)
    return {"response": str(decision.outcome), "blockedBy": blockers(decision)}


def differences(peer: Peer, count: int, random: Random) -> Iterator[tuple[str, dict[str, object], object, object]]:
    """Every case on which the two disagree, with the documented difference that it is put down to (empty for none)."""
    for done in range(0, count, BATCH):
        cases = [peer_cases.case(random) for _ in range(min(BATCH, count - done))]
        for made, theirs in zip(cases, peer.decide(cases), strict=True):
            ours = mine(made)
            if ours != theirs:
                yield explained(peer, made, ours), made, ours, theirs


def explained(peer: Peer, made: dict[str, object], ours: dict[str, object]) -> str:
    """The documented difference on account of which the two disagree: told of it, the peer decides alike. Empty for none."""
    ways = list(peer_cases.retold(made))
    answers = peer.decide([told for _, told in ways])
    alike = (why for (why, _), theirs in zip(ways, answers, strict=True) if peer_cases.alike(made, ours, theirs))
    return next(alike, "")


def compare(folder: Path, count: int, seed: int) -> int:
    peer, known, unknown, start = Peer(folder), Counter(), 0, time.process_time()
    for why, made, ours, theirs in differences(peer, count, Random(seed)):  # noqa: S311 - test data
        known[why] += bool(why)
        if not why:
            unknown += 1
            print(f"peer {theirs}, engine {ours}: {json.dumps(made)}")
    for why, number in known.most_common():
        print(f"{number:10,}  {why}") if why else None
    spent = time.process_time() - start
    print(
        f"{count:,} cases: {sum(known.values()):,} differences that are documented, {unknown:,} that are not; ", end=""
    )
    print(f"{spent:,.0f} CPU-s here, {peer.spent:,.0f} the peer's")
    return 1 if unknown else 0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", nargs="?", type=int, default=200_000)
    options.add_argument("seed", nargs="?", type=int, default=0)
    options.add_argument("--folder", type=Path)
    chosen = options.parse_args()
    if chosen.folder:
        return compare(chosen.folder, chosen.count, chosen.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", PEER], cwd=folder, check=True)
        return compare(folder, chosen.count, chosen.seed)


if __name__ == "__main__":
    sys.exit(main())
