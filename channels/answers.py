"""Redis' answers. Ours are bytes; the library's types allow words and nothing besides."""


def as_text(found: bytes | str) -> str:
    """Return an answer as text."""
    return found if isinstance(found, str) else found.decode()
