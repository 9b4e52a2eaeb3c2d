"""One request of a browser: whose session it carries, its language, and how to answer it.

The session's token lives in a cookie that no script and no other site can use. A form carries
what belongs to that cookie; before anybody is signed in, to a random cookie of the visit.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.auth import open_call
from api.console.rendering import render
from api.console.words import DEFAULT, Words, all_words
from api.context import Call
from api.errors import ApiError, NotSignedIn
from api.staff import tokens
from api.staff.models import Kind, Staff

SESSION = "amaan_session"
VISIT = "amaan_visit"
LANGUAGE = "amaan_language"
STILL = "amaan_still"  # the queue does not reload itself
A_YEAR = 365 * 24 * 3600
MOST_BYTES = 65_536  # a form of ours with every field full is a quarter of it


class FormRefused(ApiError):
    """The form does not belong to this visit. Nothing was changed."""

    status_code = HTTPStatus.FORBIDDEN


class FormTooLarge(ApiError):
    """A form has 64 kB at most."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request of a browser, as pages need it."""

    request: Request
    words: Words
    session: str = field(repr=False)  # its token; empty before signing in
    secret: str = field(repr=False)  # what the forms of this visit are bound to
    staff: Staff | None = None  # once `work` has found out

    @property
    def csrf(self) -> str:
        """What each form of this visit carries."""
        return tokens.csrf_of(self.secret)

    def calls(self) -> AbstractAsyncContextManager[Call]:
        """Open one transaction, for whoever it is."""
        return open_call(self.request.app, "staff")

    @asynccontextmanager
    async def work(self) -> AsyncIterator[tuple[Call, Staff]]:
        """Open one transaction for who is signed in, or raise NotSignedIn."""
        async with self.calls() as call:
            self.staff = await tokens.holder(call.session, self.session, Kind.SESSION, call.now)
            if self.staff is None:
                raise NotSignedIn
            yield call, self.staff

    def page(self, template: str, status: int = HTTPStatus.OK, **shown: object) -> HTMLResponse:
        """Return a page in the visitor's language."""
        state = self.request.app.state
        body = render(
            template,
            words=self.words,
            languages=all_words(),
            staff=self.staff,
            csrf=self.csrf,
            demo=state.settings.env == "demo",
            **shown,
        )
        response = HTMLResponse(body, status)
        if not self.request.cookies.get(SESSION) and not self.request.cookies.get(VISIT):
            self.keep(response, VISIT, self.secret)
        return response

    def go(self, path: str) -> RedirectResponse:
        """Send the browser to another page of ours, by GET."""
        return RedirectResponse(path, HTTPStatus.SEE_OTHER)

    def keep(self, response: Response, cookie: str, value: str, max_age: int | None = None) -> None:
        """Set a cookie that only we read, and only on our own pages."""
        response.set_cookie(
            cookie,
            value,
            max_age=max_age,
            httponly=True,
            samesite="strict",
            secure=is_https(self.request),
        )


def is_https(request: Request) -> bool:
    """Whether the browser speaks https, to us or to the proxy at our public address."""
    public = urlsplit(request.app.state.settings.public_url)
    by_proxy = public.scheme == "https" and public.netloc == request.url.netloc
    return by_proxy or request.url.scheme == "https"


def get_visit(request: Request) -> Visit:
    """Return the visit a request belongs to."""
    session = request.cookies.get(SESSION, "")
    return Visit(
        request=request,
        words=chosen_words(request),
        session=session,
        secret=session or request.cookies.get(VISIT) or secrets.token_urlsafe(32),
    )


def chosen_words(request: Request) -> Words:
    """Return the words of the language that was chosen, else that the browser asks for first."""
    table = all_words()
    asked = request.headers.get("accept-language", "")[:2].lower()
    for language in (request.cookies.get(LANGUAGE, ""), asked):
        if language in table:
            return table[language]
    return table[DEFAULT]


Visitor = Annotated[Visit, Depends(get_visit)]


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form, or raise FormTooLarge; the first of each name counts."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise FormTooLarge
    pairs = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True)
    # PostgreSQL keeps no NUL, and nobody types one.
    return {name: text.replace("\0", "") for name, text in reversed(pairs)}


async def get_form(visit: Visitor) -> dict[str, str]:
    """Return the fields of a form that belongs to this visit, or raise FormRefused."""
    form = await read_form(visit.request)
    visit.request.state.typed = form
    if not tokens.csrf_matches(visit.secret, form.pop("csrf", "")):
        raise FormRefused
    return form


Form = Annotated[dict[str, str], Depends(get_form)]


def own_path(path: str) -> str:
    """Return a path of ours to go back to; what could lead elsewhere leads to the queue."""
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_ours and path.isprintable() else "/"
