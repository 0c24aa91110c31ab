"""Walks a package with everything read, takes its bill, and prints the peak of memory in megabytes: run in a process of its own.

The peak is read from the kernel's own record: the one that `getrusage` tells begins with the parent's.
"""

import re
import sys
from pathlib import Path

from lambdaward.packages import inspect, sbom, views, walk
from lambdaward.packages.unpack import Fault

package = Path(sys.argv[1])
for item in walk(package, verify=True):
    for view in () if isinstance(item, Fault) else views(item):
        for _ in view.windows():
            pass
sbom(inspect(package))
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)  # noqa: T201
