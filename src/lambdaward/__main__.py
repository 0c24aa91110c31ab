"""`python -m lambdaward`."""

import sys

from lambdaward.cli import main

sys.exit(main())
