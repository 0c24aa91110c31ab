"""Reports as texts, and where texts are kept that they are held against."""

import io
from pathlib import Path

from lambdaward.reports import Look, render

SNAPSHOTS = Path(__file__).parent / "snapshots"


def rendered(name, scan, estate, **look):
    """One report as a text."""
    stream = io.StringIO()
    render(name, scan, estate, stream, Look(**look))
    return stream.getvalue()
