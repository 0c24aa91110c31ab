"""Tables of words."""


def table(words: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(words.split())
