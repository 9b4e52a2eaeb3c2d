"""JSON lines in, what the model understands of them out: `python -m bot.understand`.

Each line of stdin is `{"text", "channel"?}`; each gets one line on stdout, in order and at once:
`{"text", "intent", "confidence", "understanding"}`. A line that cannot be read is answered like an
empty text, so that answers stay beside their lines; stderr names its number, and the exit status
is 1 at the end. Nothing else is written to stdout. The api's `api.understand` adds the triage.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rasa.core.agent import Agent


def load_agent() -> Agent:
    """The newest model, without its dialogue's stores. Exits with a sentence when there is none."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    logging.captureWarnings(capture=True)  # of Rasa's libraries, by the hundred
    logging.disable(logging.WARNING)
    import structlog  # noqa: PLC0415

    # Rasa's own debug lines would print every text between the answers.
    quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quiet)
    from rasa.core.agent import Agent  # noqa: PLC0415  reads the environment at import

    from bot.__main__ import newest_model  # noqa: PLC0415

    return Agent.load(str(newest_model()))


def read(line: str) -> str:
    """The text of one line. Raises ValueError, KeyError or TypeError for anything else."""
    text = json.loads(line)["text"]
    if not isinstance(text, str):
        raise TypeError("A text is a string.")
    return text


def answers(agent: Agent, lines: Iterable[str], failed: list[int]) -> Iterator[dict[str, Any]]:
    """One answer a line, blank lines aside; the numbers of lines that are none go to `failed`."""
    from bot.channel import without_shortcut  # noqa: PLC0415  loads Rasa

    # One loop for all: a new one for each text would cost more than the understanding.
    loop = asyncio.new_event_loop()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text = read(line)
        except (ValueError, KeyError, TypeError):
            failed.append(number)
            text = ""
        parsed = loop.run_until_complete(agent.parse_message(without_shortcut(text)))
        yield {
            "text": text,
            "intent": parsed["intent"]["name"],
            "confidence": round(float(parsed["intent"]["confidence"]), 4),
            "understanding": parsed["understanding"],
        }
    loop.close()


def main() -> int:
    """Answer every line of stdin. 1 when a line could not be read, else 0."""
    agent = load_agent()
    failed: list[int] = []
    for answer in answers(agent, sys.stdin, failed):
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    for number in failed:
        sys.stderr.write(f'Line {number} is not JSON with a "text": answered as an empty text.\n')
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
