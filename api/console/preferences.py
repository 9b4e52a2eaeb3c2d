"""What a browser keeps of its own: the language, and whether the queue reloads itself; the style."""

from fastapi import APIRouter, Response

from api.console.browser import A_YEAR, LANGUAGE, STILL, Form, Visitor, own_path
from api.console.pages import Page
from api.console.rendering import static
from api.console.words import all_words

router = APIRouter(route_class=Page)

KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.post("/language")
async def choose_language(visit: Visitor, form: Form) -> Response:
    """Keep a language; one we do not have changes nothing."""
    response = visit.go(own_path(form.get("back", "")))
    if form.get("language") in all_words():
        visit.keep(response, LANGUAGE, form["language"], A_YEAR)
    return response


@router.post("/reload")
async def choose_reloading(visit: Visitor, form: Form) -> Response:
    """Let the queue reload itself, or stand still."""
    response = visit.go(own_path(form.get("back", "")))
    if form.get("reloading") == "on":
        response.delete_cookie(STILL)
    else:
        visit.keep(response, STILL, "1", A_YEAR)
    return response


@router.get("/console.css")
async def show_style() -> Response:
    """Return the style sheet; its address changes with it."""
    return Response(static("console.css"), media_type="text/css", headers=KEPT)


@router.get("/console.svg")
async def show_icon() -> Response:
    """Return the icon."""
    return Response(static("console.svg"), media_type="image/svg+xml", headers=KEPT)
