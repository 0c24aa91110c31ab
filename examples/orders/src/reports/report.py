"""The report function of the example shop."""


def handler(event, _context):
    """Do nothing: the example is about what surrounds the code."""
    return {"records": len(event.get("Records", []))}
