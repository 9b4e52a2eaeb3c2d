"""Redis' answers. Ours are bytes; the library's types allow words and nothing besides."""


def as_bytes(found: bytes | str) -> bytes:
    """Return an answer as bytes."""
    return found if isinstance(found, bytes) else found.encode()


def as_text(found: bytes | str) -> str:
    """Return an answer as text."""
    return found if isinstance(found, str) else found.decode()
