"""What is asked over a network, and only when somebody allows it: osv.dev about the vulnerabilities of packages.

Nothing else of lambdaward but the command line knows this room, and it knows nothing of the others: it takes names and versions,
and gives back what was answered.
"""

from lambdaward.remote.osv import OSV, Question, records

__all__ = ["OSV", "Question", "records"]
