"""Writes docs/segments.md: what each reviewed reply costs as SMS, in each language form."""

from collections.abc import Iterator
from pathlib import Path

from channels.replies import Replies
from channels.sms.segments import Size, size_of

FOLDER = Path("bot/domain")
PAGE = Path("docs/segments.md")
FORMS = ("en", "ur", "ps", "roman_ur", "roman_ps")
CODE = "482177306"
HEAD = """# What each reply costs as SMS

Made by `make segments` from `bot/domain/*.yml`; a test fails when it is out of date. A reply in letters of the
GSM alphabet has 160 septets in one SMS and 153 in each part of a longer one; any other has 70 and 67 units of
UTF-16. Case codes are counted, names of places in a `choice` are not: they are filled in as they fit.

| reply | kind | form | letters | units | SMS |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(Replies.load(FOLDER)), "utf-8")


def page(replies: Replies) -> str:
    """Return the page for a table of replies."""
    rows = [
        f"| {name} | {kind} | {form} | {size.encoding} | {size.units} | {size.segments} |"
        for name, kind, form, size in costs(replies)
    ]
    return HEAD + "\n".join(rows) + "\n"


def costs(replies: Replies) -> Iterator[tuple[str, str, str, Size]]:
    """Return name, kind, form and size of each reply that goes out as SMS, in the forms' order."""
    as_sms = {one.reply.response for one in replies.all() if one.channel != "telegram"}
    for name in sorted(as_sms):
        for form in FORMS:
            reply = replies.find(name, form, "sms", case_code=CODE)
            yield name, reply.kind, form, size_of(reply.text.replace("{choices}", ""))


if __name__ == "__main__":
    main()
