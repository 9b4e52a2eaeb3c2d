"""How the reviewed tables of `nlu_data/lookups` are read: tab-separated, comments begin with #."""

from collections.abc import Iterator
from pathlib import Path


class TableBroken(ValueError):
    """A line of a lookup table does not have the columns its header names."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Give the lines of a table as column -> text; TableBroken names a line with other columns."""
    header: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) != len(header):
            raise TableBroken(f"{path.name}, line {number}: {len(cells)} columns")
        yield dict(zip(header, cells, strict=True))
