"""All pages of the console, which begin at `/`."""

from fastapi import APIRouter

from api.console import account_pages, alert_pages, preferences, queue_pages, signing_in

router = APIRouter(include_in_schema=False)
for part in (signing_in, queue_pages, alert_pages, account_pages, preferences):
    router.include_router(part.router)
