"""What the code in a package does, told without running any of it.

A capability is what code plainly can do. One that is not listed may still be there: code that hides what it does names nothing.
"""

from lambdaward.packages.behaviour.acts import Act, Capability
from lambdaward.packages.behaviour.collect import Able, Behaviour, Sight, able_in
from lambdaward.packages.behaviour.reading import acts_of, runs_at_start

__all__ = ["Able", "Act", "Behaviour", "Capability", "Sight", "able_in", "acts_of", "runs_at_start"]
