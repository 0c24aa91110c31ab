"""What the tests of packages make is used here too: archives, images, programs."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "packages"))
