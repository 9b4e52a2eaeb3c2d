"""`make evaluate`: judges everything, writes docs/evaluation.md and raises the floors."""

from __future__ import annotations

import sys

from tests.evaluation import dialogues, floors, messages, page
from tests.evaluation.judged import judge


def main() -> None:
    """Judge, print the page, write it, and raise the floors to what was reached."""
    judged = judge()
    played = f"## {len(judged.dialogues)} dialogues\n\n{dialogues.table(judged.dialogues)}"
    text = page.page(judged.sets, played)
    sys.stdout.write(text)
    (messages.ROOT / "docs/evaluation.md").write_text(text, encoding="utf-8")
    floors.raise_to(floors.reached(judged))


if __name__ == "__main__":
    main()
