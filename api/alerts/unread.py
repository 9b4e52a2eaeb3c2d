"""What came with a text, or instead of it, that no machine can read: a fact of its own.

A voice note nobody heard may tell anything, in the words of somebody who cannot write; it is high
until a person has asked again. A picture is refused, for it can harm the child it shows, and whoever
sent it had something to tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.alerts.telling import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.alerts.telling import Telling
    from api.schemas import Media

FACTS: Mapping[Media, str] = {"voice": "voice_unheard", "picture": "picture_refused"}


def with_media(telling: Telling, media: Media | None) -> Telling:
    """Return what a text and what came with it tell together."""
    if media is None or media not in FACTS:
        return telling
    return replace(telling, facts={**telling.facts, FACTS[media]: Fact(value=True, words=None)})
