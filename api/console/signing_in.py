"""Pages to sign in and out, and to set a password by a one-time link."""

import math
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Response
from pydantic import ValidationError

from api.console.browser import SESSION, VISIT, Form, Visit, Visitor, own_path
from api.console.pages import Page
from api.errors import ApiError
from api.staff import tokens
from api.staff.models import Kind
from api.staff.schemas import SignInIn
from api.staff.service import (
    LinkUsed,
    TooManyTries,
    WrongPassword,
    set_password_by_link,
    sign_in,
    sign_out,
)

router = APIRouter(route_class=Page)

# What another page of ours says here, by code, so that no sentence stands in an address.
SAYINGS = {"out": "sign_in.signed_out", "set": "password.set"}


@router.get("/sign-in")
async def show_sign_in(visit: Visitor, next: str = "/", said: str = "") -> Response:  # noqa: A002  # the address's word
    """Show the form."""
    saying = visit.words.say(SAYINGS[said]) if said in SAYINGS else None
    return visit.page("sign_in.html", next=own_path(next), saying=saying, problem=None, username="")


@router.post("/sign-in")
async def take_sign_in(visit: Visitor, form: Form) -> Response:
    """Open a session, or say why not; what was typed stays, but for the password."""
    path, username = own_path(form.get("next", "")), form.get("username", "")
    try:
        told = SignInIn.model_validate(form)
        signed_in = await sign_in(
            visit.calls, told.username, told.password.get_secret_value(), Kind.SESSION
        )
    except (ApiError, ValidationError) as error:
        refusal = error if isinstance(error, ApiError) else WrongPassword()
        response: Response = visit.page(
            "sign_in.html",
            refusal.status_code,
            next=path,
            saying=None,
            problem=sentence(visit, refusal),
            username=username,
        )
        response.headers.update(refusal.headers)
        return response
    response = visit.go(path)
    seconds = int((signed_in.expires_at - datetime.now(UTC)).total_seconds())
    visit.keep(response, SESSION, signed_in.token, seconds)
    response.delete_cookie(VISIT)
    return response


def sentence(visit: Visit, error: ApiError) -> str:
    """Return what an error says to whoever wants to sign in."""
    if isinstance(error, TooManyTries):
        minutes = math.ceil(error.wait.total_seconds() / 60)
        return visit.words.say("sign_in.wait_minutes", minutes=minutes)
    return visit.words.name("error", error.code)


@router.post("/sign-out")
async def take_sign_out(visit: Visitor, form: Form) -> Response:  # noqa: ARG001  # it was checked
    """End the session, here and on the server."""
    async with visit.calls() as call:
        staff = await tokens.holder(call.session, visit.session, Kind.SESSION, call.now)
        if staff is not None:
            await sign_out(call, staff, visit.session)
    response = visit.go("/sign-in?said=out")
    response.delete_cookie(SESSION)
    return response


@router.get("/password/{token}")
async def show_password(visit: Visitor, token: str) -> Response:
    """Show the form of a link that is still good."""
    async with visit.calls() as call:
        staff = await tokens.holder(call.session, token, Kind.LINK, call.now)
    if staff is None:
        return ask_password(visit, token, LinkUsed.status_code, visit.words.say("error.link_used"))
    return ask_password(visit, token)


@router.post("/password/{token}")
async def take_password(visit: Visitor, token: str, form: Form) -> Response:
    """Set the password and use the link up."""
    password = form.get("password", "")
    if password != form.get("again"):
        problem = visit.words.say("password.differ")
        return ask_password(visit, token, HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    try:
        async with visit.calls() as call:
            await set_password_by_link(call, token, password)
    except ApiError as error:
        problem = visit.words.name("error", error.code)
        return ask_password(visit, token, error.status_code, problem)
    return visit.go("/sign-in?said=set")


def ask_password(
    visit: Visit, token: str, status: int = HTTPStatus.OK, problem: str | None = None
) -> Response:
    """Show the form of a link; a password is never given back."""
    return visit.page("password.html", status, token=token, problem=problem)
