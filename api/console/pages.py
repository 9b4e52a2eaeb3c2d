"""How every page of the console answers: its headers, and pages instead of errors in JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, override
from urllib.parse import urlencode

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.console.browser import SESSION, FormRefused, get_visit
from api.errors import ApiError, NotSignedIn, log_broken

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from fastapi import Request, Response

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What our forms carry beside what a person typed.
NOT_TYPED = {"password", "again", "token", "next", "back"}


class Page(APIRoute):
    """A route of the console. Errors that reach it have rolled their transaction back."""

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                response = await handle(request)
            except (ApiError, RequestValidationError) as error:
                response = refusal(request, error)
            except Exception as error:  # noqa: BLE001  # logged here; a person gets a page, not JSON
                log_broken("page_broke", error)
                response = message(request, HTTPStatus.INTERNAL_SERVER_ERROR, "broken")
            # Pages hold what people told, so a browser keeps none of them.
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.update(HEADERS)
            return response

        return answer


def refusal(request: Request, error: ApiError | RequestValidationError) -> Response:
    """Return the page for an error that no form of the page deals with."""
    if isinstance(error, NotSignedIn | FormRefused):
        return signed_out(request, error)
    if isinstance(error, ApiError) and error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return message(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "not_kept")
    # An address that cannot be one is as unknown as an alert of somebody else's.
    return message(request, HTTPStatus.NOT_FOUND, "nothing")


def signed_out(request: Request, error: ApiError) -> Response:
    """Ask for signing in; what was typed into a form is given back to be copied."""
    visit = get_visit(request)
    if request.method == "POST":
        typed = {
            name: text
            for name, text in getattr(request.state, "typed", {}).items()
            if text.strip() and name not in NOT_TYPED
        }
        return visit.page("not_kept.html", error.status_code, typed=typed)
    path = request.url.path
    response = visit.go("/sign-in" if path == "/" else f"/sign-in?{urlencode({'next': path})}")
    if visit.session:  # it opens nothing any more
        response.delete_cookie(SESSION)
    return response


def message(request: Request, status: HTTPStatus, about: str) -> Response:
    """Return a page that says one thing."""
    return get_visit(request).page("message.html", status, about=about)
