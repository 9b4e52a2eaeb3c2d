"""Africa's Talking posts forms. It tries again every minute for 12 h until it reads a 200."""

from fastapi import APIRouter, Depends, Response

from channels.deliveries import State
from channels.errors import NotAMessage
from channels.sms.africastalking.inbound import PROVIDER, to_message
from channels.sms.fields import read_form
from channels.sms.numbers import e164
from channels.webhooks import Body, Keep, Report, require_secret

STATES: dict[str, State] = {
    "Sent": "sent",
    "Submitted": "sent",
    "Buffered": "sent",
    "Success": "delivered",
    "Failed": "failed",
    "Rejected": "failed",
    "AbsentSubscriber": "failed",
    "Expired": "failed",
}

router = APIRouter(prefix=f"/sms/{PROVIDER}/{{secret}}", dependencies=[Depends(require_secret)])


@router.post("/inbound")
async def receive(body: Body, inbox: Keep) -> Response:
    """Keep an SMS and say so. The answer goes out later, from the inbox."""
    try:
        await inbox.accept(to_message(read_form(body), "called"))
    except NotAMessage:
        await inbox.quarantine(PROVIDER, body)
    return Response()


@router.post("/delivery")
async def delivered(body: Body, inbox: Keep, deliveries: Report) -> Response:
    """Note what became of an SMS of ours."""
    form = read_form(body)
    state = STATES.get(form.get("status", ""))
    if state and form.get("id"):
        await deliveries.record(PROVIDER, form["id"], state)
    else:
        await inbox.quarantine(PROVIDER, body)
    return Response()


@router.post("/optout")
async def opted_out(body: Body, inbox: Keep) -> Response:
    """Send nothing more to somebody who told the operator so, until they write again."""
    number = e164(read_form(body).get("phoneNumber", ""))
    if number:
        await inbox.opt_out("sms", number)
    else:
        await inbox.quarantine(PROVIDER, body)
    return Response()
