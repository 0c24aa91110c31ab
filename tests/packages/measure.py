"""Walks a package with everything read, and prints the peak of memory in megabytes: run in a process of its own.

The peak is read from the kernel's own record: the one that `getrusage` tells begins with the parent's.
"""

import re
import sys
from pathlib import Path

from lambdaward.packages.unpack import walk

for _ in walk(Path(sys.argv[1]), verify=True):
    pass
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)  # noqa: T201
